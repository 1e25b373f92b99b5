package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Groups of patients who share a time of a service, as far as somebody has joined or keeps a place. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OpenGroups {

    private static final String BEGUN = """
            select g.practitioner_id, g.starts_at, g.ends_at, count(*) as taken,
                   (array_agg(g.location_id) filter (where g.location_id is not null))[1] as location_id,
                   (array_agg(g.room_id) filter (where g.room_id is not null))[1] as room_id
              from (select a.practitioner_id, a.starts_at, a.ends_at, a.location_id, a.room_id
                      from appointment a
                     where a.organization_id = :org and a.starts_at >= :earliest and a.starts_at < :latest and a.blocking
                       and a.practitioner_id = any(:practitioners) and a.healthcare_service_id = :service
                       and a.seat is not null and a.id <> :without
                    union all
                    select h.practitioner_id, h.starts_at, h.ends_at, null, h.room_id
                      from slot_hold h
                     where h.organization_id = :org and h.starts_at >= :earliest and h.starts_at < :latest
                       and h.practitioner_id = any(:practitioners) and h.healthcare_service_id = :service
                       and h.expires_at > :now and (h.held_by is null or h.held_by <> :caller)) g
             group by 1, 2, 3
             order by 2
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    OpenGroups(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A group.
     *
     * @param taken how many have a place, or keep one
     * @param locationId null while nobody has joined
     * @param roomId null for none
     */
    record Begun(
            UUID practitionerId,
            Instant start,
            Instant end,
            int taken,
            @Nullable UUID locationId,
            @Nullable UUID roomId) {

        /** Whether one more may join for so many minutes. */
        boolean isOpen(int capacity, int minutes, @Nullable UUID room, Instant now) {
            return taken < capacity
                    && !start.isBefore(now)
                    && Duration.between(start, end).toMinutes() == minutes
                    && (room == null || room.equals(roomId));
        }

        boolean isAt(UUID location) {
            return locationId == null || locationId.equals(location);
        }

        boolean isWithin(Stretch open) {
            return !start.isBefore(open.start()) && !end.isAfter(open.end());
        }
    }

    /**
     * Those that begin within some time.
     *
     * @param without a visit that is being moved and has no place; null for none
     */
    List<Begun> begun(UUID serviceId, Collection<UUID> practitioners, Stretch around, @Nullable UUID without) {
        return jdbc.sql(BEGUN)
                .param("org", CurrentOrganization.id())
                .param("service", serviceId)
                .param("practitioners", practitioners.toArray(UUID[]::new))
                .param("earliest", SqlTime.at(around.start()))
                .param("latest", SqlTime.at(around.end()))
                .param("without", without == null ? new UUID(0, 0) : without)
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.ifAny().map(Caller::subject).orElse(""))
                .query((row, n) -> new Begun(
                        row.getObject("practitioner_id", UUID.class),
                        SqlTime.instant(row, "starts_at"),
                        SqlTime.instant(row, "ends_at"),
                        row.getInt("taken"),
                        row.getObject("location_id", UUID.class),
                        row.getObject("room_id", UUID.class)))
                .list();
    }
}
