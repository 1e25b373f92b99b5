package app.recado.scheduling.imports;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What rows of one file occupy, while it is read: hours of practitioners and rooms, and places of groups. Visits of one group
 * share their hour; all others exclude each other.
 */
final class FileAgenda {

    /** @param group null for a visit that has its practitioner alone */
    private record Hour(Instant end, @Nullable String group) {}

    /**
     * Where a visit goes.
     *
     * @param seat its place in its group, from 1; null for a visit that has its practitioner alone, or occupies nobody
     * @param free false when it has no place
     */
    record Place(@Nullable Integer seat, boolean free) {

        private static final Place NONE = new Place(null, false);
        private static final Place ALONE = new Place(null, true);
    }

    /** By practitioner or room: hours by their starts. */
    private final Map<UUID, TreeMap<Instant, Hour>> occupied = new HashMap<>();

    private final Map<String, Set<Integer>> seats = new HashMap<>();

    /**
     * Gives a visit its place, unless an earlier row has it.
     *
     * @param taken places of its group that visits of the agenda have
     */
    Place occupy(ReadVisit visit, Set<Integer> taken) {
        if (!visit.occupies()) {
            return Place.ALONE;
        }
        var group = visit.isOfGroup()
                ? "%s/%s/%s/%s/%s"
                        .formatted(
                                visit.serviceId(), visit.practitionerId(), visit.roomId(), visit.start(), visit.end())
                : null;
        var actors = Stream.of(visit.practitionerId(), visit.roomId())
                .filter(Objects::nonNull)
                .map(actor -> occupied.computeIfAbsent(actor, one -> new TreeMap<>()))
                .toList();
        boolean free = actors.stream().allMatch(hours -> {
            var before = hours.lowerEntry(visit.end());
            return before == null
                    || !before.getValue().end().isAfter(visit.start())
                    || group != null && group.equals(before.getValue().group());
        });
        if (!free) {
            return Place.NONE;
        }
        Integer seat = null;
        if (group != null) {
            var all = seats.computeIfAbsent(group, one -> new HashSet<>());
            all.addAll(taken);
            var first = IntStream.rangeClosed(1, visit.capacity())
                    .filter(number -> !all.contains(number))
                    .findFirst();
            if (first.isEmpty()) {
                return Place.NONE;
            }
            seat = first.getAsInt();
            all.add(seat);
        }
        actors.forEach(hours -> hours.put(visit.start(), new Hour(visit.end(), group)));
        return new Place(seat, true);
    }
}
