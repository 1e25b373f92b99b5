package app.recado.scheduling.recurrence;

import app.recado.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.jspecify.annotations.Nullable;

/**
 * A rule by which something repeats on the days of a wall clock, and the moments it names.
 *
 * <p>The rule is expanded on floating time and each hour then read off the zone's clock, because a zoned expansion answers
 * the second of two equal hours, where RFC 5545 (3.3.5) means the first. An hour that clocks skip is as much later as
 * they skip.
 */
public final class Recurrence {

    /** More visits at once are a typing error. */
    public static final int MOST = 100;

    /** More days than visits are booked ahead; with far longer ones the library counts past the end of its years. */
    private static final int LONGEST_INTERVAL = 1_000;

    private static final Set<Freq> FREQUENCIES = EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    private final RecurrenceRule rule;
    private final @Nullable DateTime until;

    private Recurrence(RecurrenceRule rule) {
        this.rule = rule;
        this.until = rule.getUntil();
        if (until != null) {
            // Compared by us: the library wants it in the zone of the first occurrence, which has none here.
            rule.setUntil(null);
        }
    }

    /**
     * Reads a rule.
     *
     * @param text the value of an RRULE, for example {@code FREQ=WEEKLY;COUNT=10}
     * @param pointer the field it came in, as a JSON pointer
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for what is no rule, repeats within a day, names hours
     *     of its own or has no end
     */
    public static Recurrence of(String text, String pointer) {
        try {
            var rule = new RecurrenceRule(text.strip(), RfcMode.RFC5545_STRICT);
            if (!FREQUENCIES.contains(rule.getFreq()) || namesHours(rule)) {
                throw refusal(pointer, "invalid-format", "Visits repeat by days, weeks, months or years");
            }
            if (rule.getFreq() == Freq.YEARLY && rule.hasPart(Part.BYSETPOS)) {
                // The library counts positions from the first visit on and not from the beginning of its year.
                throw refusal(pointer, "invalid-format", "Name the days of a year without BYSETPOS");
            }
            if (rule.getInterval() > LONGEST_INTERVAL) {
                throw refusal(pointer, "out-of-range", "Visits can be booked for the next two years");
            }
            if (rule.getCount() == null && rule.getUntil() == null) {
                throw refusal(pointer, "required", "Say how many visits (COUNT) or until when (UNTIL)");
            }
            return new Recurrence(rule);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            throw refusal(pointer, "invalid-format", "Send a recurrence rule of RFC 5545");
        }
    }

    /** Every occurrence has the hour of the first one. The library's parts can be named only once it has read a rule. */
    private static boolean namesHours(RecurrenceRule rule) {
        return rule.hasPart(Part.BYHOUR) || rule.hasPart(Part.BYMINUTE) || rule.hasPart(Part.BYSECOND);
    }

    private static RuntimeException refusal(String pointer, String code, String detail) {
        return Problem.INVALID_FIELDS.at(pointer, code, detail);
    }

    /**
     * An occurrence.
     *
     * @param local what the wall clock is asked to show
     * @param start the moment it is
     * @param clock what the clocks do at that hour
     */
    public record Occurrence(LocalDateTime local, Instant start, Clocks clock) {}

    /** What clocks do at an hour that somebody names. */
    public enum Clocks {
        /** They show it once. */
        USUAL,
        /** They skip it: the moment is as much later as they skip. */
        SKIPPED,
        /** They show it twice: the moment is the first. */
        REPEATED
    }

    /** The moment that a wall clock means. */
    public static Occurrence at(LocalDateTime local, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        var start = local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        return new Occurrence(
                local, start, offsets.isEmpty() ? Clocks.SKIPPED : offsets.size() > 1 ? Clocks.REPEATED : Clocks.USUAL);
    }

    /**
     * Every occurrence, in order; the first is on the first day that the rule names.
     *
     * @param first the first hour, not before it
     * @param without days that are left out; they count as occurrences of COUNT
     * @param pointer the field of the rule, as a JSON pointer
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for none, or for more than {@link #MOST}
     */
    public List<Occurrence> from(LocalDateTime first, ZoneId zone, Predicate<LocalDate> without, String pointer) {
        var found = new ArrayList<Occurrence>();
        try {
            var all = rule.iterator(new DateTime(
                    first.getYear(),
                    first.getMonthValue() - 1,
                    first.getDayOfMonth(),
                    first.getHour(),
                    first.getMinute(),
                    0));
            for (int n = 0; all.hasNext(); n++) {
                var next = all.nextDateTime();
                var local = LocalDateTime.of(
                        next.getYear(), next.getMonth() + 1, next.getDayOfMonth(), next.getHours(), next.getMinutes());
                var occurrence = at(local, zone);
                if (isOver(occurrence)) {
                    break;
                }
                if (n == MOST) {
                    throw refusal(pointer, "out-of-range", "A series has at most %d visits".formatted(MOST));
                }
                if (!without.test(local.toLocalDate())) {
                    found.add(occurrence);
                }
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // The library gives up on rules that name no day, the thirtieth of February for example, and calendars end.
            throw refusal(pointer, "invalid-format", "This rule names no day");
        }
        if (found.isEmpty()) {
            throw refusal(pointer, "invalid-format", "This rule names no day");
        }
        return found;
    }

    private boolean isOver(Occurrence occurrence) {
        if (until == null) {
            return false;
        }
        if (!until.isAllDay() && !until.isFloating()) {
            return occurrence.start().isAfter(Instant.ofEpochMilli(until.getTimestamp()));
        }
        var day = LocalDate.of(until.getYear(), until.getMonth() + 1, until.getDayOfMonth());
        return until.isAllDay()
                ? occurrence.local().toLocalDate().isAfter(day)
                : occurrence.local().isAfter(day.atTime(until.getHours(), until.getMinutes(), until.getSeconds()));
    }
}
