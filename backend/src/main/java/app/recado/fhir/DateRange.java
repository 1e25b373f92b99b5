package app.recado.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moments that a search asks for, from one until before another.
 *
 * @param from null for no such bound
 * @param before null for no such bound
 */
record DateRange(@Nullable Instant from, @Nullable Instant before) {

    static final DateRange ALWAYS = new DateRange(null, null);

    /** A prefix and a date of any precision; a time without an offset is the clinic's. */
    private static final Pattern FORM = Pattern.compile("([a-z]{2})?(\\d{4})(?:-(\\d{2})(?:-(\\d{2})"
            + "(?:T(\\d{2}:\\d{2})(:\\d{2})?(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})?)?)?)?");

    /** No patient is older, and no calendar goes further than four digits. */
    private static final int FIRST_YEAR = 1800;

    private static final int PREFIX = 1;
    private static final int YEAR = 2;
    private static final int MONTH = 3;
    private static final int DAY = 4;
    private static final int MINUTES = 5;
    private static final int SECONDS = 6;
    private static final int FRACTION = 7;
    private static final int OFFSET = 8;

    /**
     * The moments that are also within a parameter's value, for example {@code ge2026-11} or {@code 2026-11-24}.
     *
     * @param name the parameter's, for the refusal
     * @param zone of dates, and of times without an offset
     * @throws FhirRefusal for anything that is no date, and for the prefixes {@code ne} and {@code ap}
     */
    DateRange and(String name, String value, ZoneId zone) {
        // A plus that was not percent-encoded arrives as a blank.
        var form = FORM.matcher(value.replace(' ', '+'));
        if (!form.matches()) {
            throw noDate(name);
        }
        Instant start;
        Instant end;
        try {
            start = start(form, zone);
            end = end(form, start, zone);
        } catch (DateTimeException e) {
            throw noDate(name);
        }
        var prefix = form.group(PREFIX) == null ? "eq" : form.group(PREFIX).toLowerCase(Locale.ROOT);
        return switch (prefix) {
            case "eq" -> new DateRange(later(from, start), earlier(before, end));
            case "ge" -> new DateRange(later(from, start), before);
            case "gt", "sa" -> new DateRange(later(from, end), before);
            case "le" -> new DateRange(from, earlier(before, end));
            case "lt", "eb" -> new DateRange(from, earlier(before, start));
            default -> throw FhirRefusal.unsupported(name + " takes the prefixes eq, ge, gt, le and lt");
        };
    }

    private static FhirRefusal noDate(String name) {
        return FhirRefusal.invalid(name + " must be a date such as ge2026-11-24, or an instant with its offset");
    }

    private static Instant start(Matcher form, ZoneId zone) {
        int year = Integer.parseInt(form.group(YEAR));
        if (year < FIRST_YEAR) {
            throw new DateTimeException("Too far back");
        }
        var day = LocalDate.of(year, number(form, MONTH), number(form, DAY));
        if (form.group(MINUTES) == null) {
            return day.atStartOfDay(zone).toInstant();
        }
        var time = LocalDateTime.parse(
                "%sT%s%s%s".formatted(day, form.group(MINUTES), orNothing(form, SECONDS), orNothing(form, FRACTION)));
        return form.group(OFFSET) == null
                ? time.atZone(zone).toInstant()
                : time.toInstant(ZoneOffset.of(form.group(OFFSET)));
    }

    /** A date is all of its time: a year, a month, a day, a minute or a second. */
    private static Instant end(Matcher form, Instant start, ZoneId zone) {
        var local = start.atZone(zone).toLocalDate();
        if (form.group(MONTH) == null) {
            return local.plusYears(1).atStartOfDay(zone).toInstant();
        }
        if (form.group(DAY) == null) {
            return local.plusMonths(1).atStartOfDay(zone).toInstant();
        }
        if (form.group(MINUTES) == null) {
            return local.plusDays(1).atStartOfDay(zone).toInstant();
        }
        if (form.group(SECONDS) == null) {
            return start.plus(1, ChronoUnit.MINUTES);
        }
        return form.group(FRACTION) == null ? start.plusSeconds(1) : start.plusMillis(1);
    }

    private static int number(Matcher form, int group) {
        return form.group(group) == null ? 1 : Integer.parseInt(form.group(group));
    }

    private static String orNothing(Matcher form, int group) {
        return form.group(group) == null ? "" : form.group(group);
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }
}
