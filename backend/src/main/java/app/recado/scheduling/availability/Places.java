package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.scheduling.directory.Locations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns hours on the wall clocks of locations into moments. Hours at a location that takes no visits are none.
 *
 * @param zones of the locations that take visits, the main one among them
 */
record Places(UUID main, Map<UUID, ZoneId> zones) {

    /** Open at a location from one moment until another. */
    record OpenAt(UUID location, Stretch stretch) {}

    static Places of(Locations locations) {
        return new Places(CurrentOrganization.id(), locations.zones());
    }

    ZoneId zone(UUID location) {
        return zones.getOrDefault(location, mainZone());
    }

    ZoneId mainZone() {
        var zone = zones.get(main);
        if (zone == null) {
            throw new IllegalStateException("A clinic without its main location");
        }
        return zone;
    }

    /** A practitioner's day, in order of the moments. */
    List<OpenAt> on(OpeningHours.Hours hours, LocalDate date, UUID practitioner) {
        var open = new ArrayList<OpenAt>();
        for (var span : hours.on(date, practitioner)) {
            var location = span.location() == null ? main : span.location();
            var zone = zones.get(location);
            if (zone != null) {
                span.on(date, zone).forEach(stretch -> open.add(new OpenAt(location, stretch)));
            }
        }
        open.sort(Comparator.comparing(one -> one.stretch().start()));
        return open;
    }

    /**
     * A practitioner's days by location. What touches at one location becomes one, so that a visit may last over midnight
     * where the clinic is open.
     *
     * @param only one location; null for all
     */
    Map<UUID, List<Stretch>> between(
            OpeningHours.Hours hours, UUID practitioner, LocalDate from, LocalDate to, @Nullable UUID only) {
        var byLocation = new LinkedHashMap<UUID, List<Stretch>>();
        for (var date = from; date.isBefore(to); date = date.plusDays(1)) {
            for (var open : on(hours, date, practitioner)) {
                if (only == null || only.equals(open.location())) {
                    add(byLocation.computeIfAbsent(open.location(), location -> new ArrayList<>()), open.stretch());
                }
            }
        }
        return byLocation;
    }

    /** The location at which a practitioner is open all that time, the wanted one before others; null when nowhere. */
    @Nullable UUID around(OpeningHours.Hours hours, UUID practitioner, Instant start, Instant end, @Nullable UUID wanted) {
        // A day more on each side: the locations' dates may differ from the main one's.
        var first = start.atZone(mainZone()).toLocalDate().minusDays(1);
        var last = end.atZone(mainZone()).toLocalDate().plusDays(1);
        return between(hours, practitioner, first, last.plusDays(1), wanted).entrySet().stream()
                .filter(there -> there.getValue().stream().anyMatch(stretch -> stretch.contains(start, end)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static void add(List<Stretch> merged, Stretch next) {
        var last = merged.isEmpty() ? null : merged.getLast();
        if (last != null && !next.start().isAfter(last.end())) {
            merged.set(
                    merged.size() - 1,
                    new Stretch(last.start(), last.end().isAfter(next.end()) ? last.end() : next.end()));
        } else {
            merged.add(next);
        }
    }
}
