package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.scheduling.directory.Rooms;
import app.recado.scheduling.directory.Rooms.Room;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** When the rooms that a service needs are free of other visits, of the time that these need around them, and of holds. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FreeRooms {

    private static final String BUSY = """
            select a.room_id, a.starts_at - make_interval(mins => s.buffer_before_minutes) as busy_from,
                   a.ends_at + make_interval(mins => s.buffer_after_minutes) as busy_until
              from appointment a
              join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
             where a.organization_id = :org and a.starts_at >= :earliest and a.starts_at < :latest
               and a.blocking and a.room_id = any(:rooms) and a.id <> :without
            union all
            select h.room_id, h.starts_at - make_interval(mins => s.buffer_before_minutes),
                   h.ends_at + make_interval(mins => s.buffer_after_minutes)
              from slot_hold h
              join healthcare_service s on s.organization_id = h.organization_id and s.id = h.healthcare_service_id
             where h.organization_id = :org and h.starts_at >= :earliest and h.starts_at < :latest
               and h.room_id = any(:rooms) and h.expires_at > :now and (h.held_by is null or h.held_by <> :caller)
            """;

    private final JdbcClient jdbc;
    private final Rooms rooms;
    private final Clock clock;

    FreeRooms(JdbcClient jdbc, Rooms rooms, Clock clock) {
        this.jdbc = jdbc;
        this.rooms = rooms;
        this.clock = clock;
    }

    /**
     * The rooms that suit a service during some time.
     *
     * @param needed whether a visit must have one
     * @param rooms by name
     * @param busy by room: moments from which it is taken, and until when; none overlapping another
     */
    record Of(boolean needed, List<Room> rooms, Map<UUID, NavigableMap<Instant, Instant>> busy) {

        /** The first by name that is free all that time at a location; null when none is. */
        @Nullable UUID firstFree(UUID location, Instant from, Instant until) {
            for (var room : rooms) {
                if (room.locationId().equals(location) && isFree(room.id(), from, until)) {
                    return room.id();
                }
            }
            return null;
        }

        private boolean isFree(UUID room, Instant from, Instant until) {
            var taken = busy.get(room);
            var last = taken == null ? null : taken.lowerEntry(until);
            return last == null || !last.getValue().isAfter(from);
        }
    }

    /**
     * Looks at all rooms once.
     *
     * @param only a single room that is wanted, whether the service needs it or not; null for any that suits
     * @param earliest visits that begin before it are over
     * @param without a visit that is being moved and is in nobody's way; null for none
     */
    Of of(UUID serviceId, @Nullable UUID only, Instant earliest, Instant latest, @Nullable UUID without) {
        var need = rooms.neededBy(serviceId);
        var suitable = need.suitable();
        if (only != null) {
            var pool = need.needed() ? suitable : rooms.all();
            suitable = pool.stream()
                    .filter(room -> room.active() && room.id().equals(only))
                    .toList();
        }
        var busy = new HashMap<UUID, NavigableMap<Instant, Instant>>();
        if (!suitable.isEmpty()) {
            jdbc.sql(BUSY + " order by busy_from")
                    .param("org", CurrentOrganization.id())
                    .param("earliest", SqlTime.at(earliest))
                    .param("latest", SqlTime.at(latest))
                    .param("rooms", suitable.stream().map(Room::id).toArray(UUID[]::new))
                    .param("without", without == null ? new UUID(0, 0) : without)
                    .param("now", SqlTime.at(clock.instant()))
                    .param("caller", Caller.ifAny().map(Caller::subject).orElse(""))
                    .query(row -> {
                        add(
                                busy.computeIfAbsent(row.getObject("room_id", UUID.class), room -> new TreeMap<>()),
                                SqlTime.instant(row, "busy_from"),
                                SqlTime.instant(row, "busy_until"));
                    });
        }
        return new Of(need.needed() || only != null, suitable, busy);
    }

    /** In order of their beginnings: what overlaps the last one makes it longer. */
    private static void add(NavigableMap<Instant, Instant> taken, Instant from, Instant until) {
        var last = taken.lastEntry();
        if (last != null && !from.isAfter(last.getValue())) {
            taken.put(last.getKey(), until.isAfter(last.getValue()) ? until : last.getValue());
        } else {
            taken.put(from, until);
        }
    }
}
