package app.recado.scheduling;

import app.recado.kernel.Problem;
import app.recado.scheduling.directory.Rooms;
import app.recado.scheduling.directory.Rooms.Room;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which rooms a visit may take. All of them are held until the transaction ends, so that of two bookings that need the last
 * one, also with different practitioners, the second sees what the first took. Rooms are held before practitioners,
 * always: otherwise two bookings could wait for each other.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class VisitRooms {

    private final Rooms rooms;

    VisitRooms(Rooms rooms) {
        this.rooms = rooms;
    }

    /**
     * What a visit may take.
     *
     * @param needed whether it must have a room
     * @param named the one that was asked for; null for any that suits
     * @param candidates active ones at any location, the first to be taken first
     */
    record Choice(boolean needed, @Nullable Room named, List<Room> candidates) {

        /** Where the visit has to be for the sake of its room; null for anywhere. */
        @Nullable UUID location() {
            return named == null ? null : named.locationId();
        }

        /** @throws app.recado.kernel.ProblemException {@code invalid-fields} when the one that was asked for is elsewhere */
        List<Room> at(UUID location) {
            if (named != null && !named.locationId().equals(location)) {
                throw Problem.INVALID_FIELDS.at("/roomId", "not-offered", "This room is at another location");
            }
            return candidates.stream()
                    .filter(room -> room.locationId().equals(location))
                    .toList();
        }
    }

    /**
     * Holds what a visit may take. Must come before its practitioner is held.
     *
     * @param named the room that was asked for; null for any
     * @param current the room it has before it is moved, which it keeps where it can; null for none
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a room that the clinic does not have, retired,
     *     or that does not suit the service
     */
    Choice hold(UUID serviceId, @Nullable UUID named, @Nullable UUID current) {
        var need = rooms.neededBy(serviceId);
        var suitable = need.suitable().stream().map(Room::id).toList();
        var wanted = new LinkedHashSet<>(suitable);
        if (named != null) {
            wanted.add(named);
        }
        if (current != null) {
            wanted.add(current);
        }
        var held = rooms.hold(wanted).stream().filter(Room::active).toList();
        if (named != null) {
            var room = held.stream()
                    .filter(one -> one.id().equals(named))
                    .findFirst()
                    .orElseThrow(() ->
                            Problem.INVALID_FIELDS.at("/roomId", "unknown-value", "Choose one of the clinic's rooms"));
            if (need.needed() && !suitable.contains(named)) {
                throw Problem.INVALID_FIELDS.at("/roomId", "not-offered", "Choose a room that suits this service");
            }
            return new Choice(need.needed(), room, List.of(room));
        }
        var candidates = new ArrayList<>(held);
        if (need.needed()) {
            candidates.removeIf(room -> !suitable.contains(room.id()));
        }
        candidates.sort(Comparator.comparing(room -> !room.id().equals(current))); // stable: the others stay by name
        return new Choice(need.needed(), null, candidates);
    }
}
