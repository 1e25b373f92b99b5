package app.recado.conversations;

import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.availability.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * When somebody of the clinic is there to answer: while any practitioner sees patients, at whichever location. A clinic that
 * has not said its hours is always open.
 */
@Component
@Transactional(readOnly = true)
class ReceptionHours {

    /** Far enough to see the beginning of a holiday, and its end. */
    private static final int DAYS_BEFORE = 20;

    private static final int DAYS_AFTER = 20;

    private final Availability availability;
    private final OrganizationProfiles organizations;

    ReceptionHours(Availability availability, OrganizationProfiles organizations) {
        this.availability = availability;
        this.organizations = organizations;
    }

    /** A time during which the clinic is open, without a gap. */
    record Open(Instant start, Instant end) {}

    /**
     * The hours around a moment.
     *
     * @param stretches in order and apart from each other; empty when the clinic is always open
     */
    record Around(List<Open> stretches) {

        boolean open(Instant at) {
            return stretches.isEmpty()
                    || stretches.stream().anyMatch(one -> !at.isBefore(one.start()) && at.isBefore(one.end()));
        }

        /** When it closed last before a moment at which it is closed; long ago when that is not known. */
        Instant closedSince(Instant at) {
            return stretches.stream()
                    .map(Open::end)
                    .filter(end -> !end.isAfter(at))
                    .reduce(Instant.EPOCH, (before, end) -> end);
        }

        /** When it has been open for that long since a moment. Beyond what is known every hour counts. */
        Instant after(Instant from, Duration wanted) {
            if (stretches.isEmpty()) {
                return from.plus(wanted);
            }
            var left = wanted;
            var last = from;
            for (var one : stretches) {
                var start = one.start().isBefore(from) ? from : one.start();
                if (!start.isBefore(one.end())) {
                    continue;
                }
                var length = Duration.between(start, one.end());
                if (length.compareTo(left) >= 0) {
                    return start.plus(left);
                }
                left = left.minus(length);
                last = one.end();
            }
            return last.plus(left);
        }
    }

    public Around around(Instant moment) {
        var today = moment.atZone(organizations.current().timeZone()).toLocalDate();
        var days = availability.openDays(null, today.minusDays(DAYS_BEFORE), today.plusDays(DAYS_AFTER));
        if (days.stream().allMatch(Availability.OpenDay::assumed)) {
            return new Around(List.of());
        }
        var stretches = new ArrayList<Open>();
        days.stream()
                .flatMap(day -> day.open().stream())
                .sorted(Comparator.comparing(Availability.Open::start))
                .forEach(one -> add(stretches, new Open(one.start(), one.end())));
        return new Around(List.copyOf(stretches));
    }

    private static void add(List<Open> stretches, Open next) {
        var last = stretches.isEmpty() ? null : stretches.getLast();
        if (last == null || next.start().isAfter(last.end())) {
            stretches.add(next);
        } else if (next.end().isAfter(last.end())) {
            stretches.set(stretches.size() - 1, new Open(last.start(), next.end()));
        }
    }
}
