package app.recado.scheduling.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the moments at which a visit fits between others. The visit itself lies within the opening hours; the time that it
 * needs around it only keeps others away, it may lie outside them.
 *
 * @param duration of the visit
 * @param before time that must be free of other visits before it
 * @param after time that must be free of other visits after it
 * @param stepMinutes visits begin on multiples of it on the wall clock, and right where another one ends
 */
record FreeSlots(Duration duration, Duration before, Duration after, int stepMinutes, ZoneId zone) {

    /**
     * A visit would fit here.
     *
     * @param gapBefore free time that would be left before it, until the last visit or the opening
     * @param gapAfter free time that would be left after it, until the next visit or the closing
     */
    record Slot(Instant start, Instant end, Duration gapBefore, Duration gapAfter) {}

    /**
     * All of them, in order.
     *
     * @param open opening hours, in order, none overlapping another
     * @param busy other visits with the time that they need around them, in any order
     * @param earliest no visit begins before it
     */
    List<Slot> in(List<Stretch> open, List<Stretch> busy, Instant earliest) {
        var taken = new ArrayList<>(busy);
        taken.sort(Comparator.comparing(Stretch::start));
        var found = new ArrayList<Slot>();
        for (var hours : open) {
            var from = hours.start();
            for (var visit : taken) {
                var blockedFrom = visit.start().minus(after);
                if (!blockedFrom.isBefore(hours.end())) {
                    break;
                }
                between(from, blockedFrom, earliest, found);
                from = max(from, visit.end().plus(before));
            }
            between(from, hours.end(), earliest, found);
        }
        return found;
    }

    private void between(Instant from, Instant until, Instant earliest, List<Slot> found) {
        var last = until.minus(duration);
        var start = from.isBefore(earliest) ? nextStep(earliest) : from;
        while (!start.isAfter(last)) {
            var end = start.plus(duration);
            found.add(new Slot(start, end, Duration.between(from, start), Duration.between(end, until)));
            start = nextStep(start.plus(1, ChronoUnit.MINUTES));
        }
    }

    /** The first moment from this one on at which the wall clock shows a multiple of the step. */
    private Instant nextStep(Instant moment) {
        var whole = moment.truncatedTo(ChronoUnit.MINUTES);
        if (whole.isBefore(moment)) {
            whole = whole.plus(1, ChronoUnit.MINUTES);
        }
        int over = whole.atZone(zone).getMinute() % stepMinutes;
        return over == 0 ? whole : whole.plus(stepMinutes - over, ChronoUnit.MINUTES);
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
