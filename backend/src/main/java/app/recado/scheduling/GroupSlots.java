package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.scheduling.Appointment.Seat;
import app.recado.scheduling.Appointment.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Services that several patients share: their visits at the same time with the same practitioner are one group. Asked while
 * the practitioner is held; that no place is sold twice the database sees to.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class GroupSlots {

    private final JdbcClient jdbc;

    GroupSlots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How holds of one group know each other. */
    static UUID key(UUID serviceId, UUID practitionerId, Slot slot) {
        var name = "%s/%s/%s/%s".formatted(serviceId, practitionerId, slot.start(), slot.end());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A group as it is.
     *
     * @param capacity how many it takes
     * @param visits those that have a place; empty for one that nobody has joined yet
     * @param seats their places, from 1
     * @param roomId where it is; null for no room, and while nobody has joined
     */
    record Group(
            UUID key,
            int capacity,
            List<UUID> visits,
            List<Integer> seats,
            @Nullable UUID roomId) {

        boolean begun() {
            return !visits.isEmpty();
        }

        /** The first place that is free; null when all are taken, or kept by so many others. */
        @Nullable Seat free(int kept) {
            if (seats.size() + kept >= capacity) {
                return null;
            }
            var taken = new HashSet<>(seats);
            return IntStream.rangeClosed(1, capacity)
                    .filter(seat -> !taken.contains(seat))
                    .mapToObj(seat -> new Seat(seat, capacity))
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Joined(
            int capacity, @Nullable UUID visit, @Nullable UUID room, int seat) {}

    /**
     * The group that a visit would join.
     *
     * @param moving a visit that is being moved and has no place in it; null for none
     * @return null for a service whose visits have their practitioner alone
     */
    @Nullable Group of(UUID serviceId, UUID practitionerId, Slot slot, @Nullable UUID moving) {
        var rows = jdbc.sql("""
                        select s.capacity, a.id, a.room_id, a.seat
                          from healthcare_service s
                          left join appointment a
                            on a.organization_id = s.organization_id and a.practitioner_id = :practitioner
                           and a.starts_at = :start and a.ends_at = :end and a.healthcare_service_id = s.id
                           and a.blocking and a.seat is not null and a.id <> :moving
                         where s.organization_id = :org and s.id = :service and s.capacity > 1
                         order by a.seat
                        """)
                .param("org", CurrentOrganization.id())
                .param("service", serviceId)
                .param("practitioner", practitionerId)
                .param("start", Rows.bound(slot.start()))
                .param("end", Rows.bound(slot.end()))
                .param("moving", moving == null ? new UUID(0, 0) : moving)
                .query((row, n) -> new Joined(
                        row.getInt("capacity"),
                        row.getObject("id", UUID.class),
                        row.getObject("room_id", UUID.class),
                        row.getInt("seat")))
                .list();
        if (rows.isEmpty()) {
            return null;
        }
        var visits = new ArrayList<UUID>();
        var seats = new ArrayList<Integer>();
        rows.stream().filter(row -> row.visit() != null).forEach(row -> {
            visits.add(row.visit());
            seats.add(row.seat());
        });
        return new Group(
                key(serviceId, practitionerId, slot),
                rows.getFirst().capacity(),
                visits,
                seats,
                rows.stream()
                        .map(Joined::room)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
