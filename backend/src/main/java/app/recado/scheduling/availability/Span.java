package app.recado.scheduling.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Part of a day on the wall clock of a location.
 *
 * @param opens minute of the day, 0 to 1439
 * @param closes minute of the day, up to 1440, which is the end of the day
 * @param location null for the clinic's main one
 */
record Span(int opens, int closes, @Nullable UUID location) {

    static final int END_OF_DAY = 24 * 60;

    Span {
        if (opens < 0 || closes <= opens || closes > END_OF_DAY) {
            throw new IllegalArgumentException("Not a part of a day: %d to %d".formatted(opens, closes));
        }
    }

    /** At the main location. */
    Span(int opens, int closes) {
        this(opens, closes, null);
    }

    /** What both lists have in common, at the locations of the first; each list is in order and has no overlaps, and so has the answer. */
    static List<Span> common(List<Span> some, List<Span> others) {
        var both = new ArrayList<Span>();
        for (var one : some) {
            for (var other : others) {
                int opens = Math.max(one.opens, other.opens);
                int closes = Math.min(one.closes, other.closes);
                if (opens < closes) {
                    both.add(new Span(opens, closes, one.location));
                }
            }
        }
        return both;
    }

    /**
     * When it is on a date. A bound inside an hour that clocks skip is the moment of the jump; of an hour that clocks
     * repeat, opening is the first one and closing the second.
     *
     * @return empty when all of it is skipped
     */
    List<Stretch> on(LocalDate date, ZoneId zone) {
        var start = instant(date, opens, zone, true);
        var end = instant(date, closes, zone, false);
        return start.isBefore(end) ? List.of(new Stretch(start, end)) : List.of();
    }

    private static Instant instant(LocalDate date, int minute, ZoneId zone, boolean earlier) {
        if (minute == END_OF_DAY) {
            return date.plusDays(1).atStartOfDay(zone).toInstant();
        }
        var local = date.atTime(minute / 60, minute % 60);
        var jump = zone.getRules().getTransition(local);
        if (jump != null && jump.isGap()) {
            return jump.getInstant();
        }
        var resolved = local.atZone(zone);
        return (earlier ? resolved.withEarlierOffsetAtOverlap() : resolved.withLaterOffsetAtOverlap()).toInstant();
    }
}
