package app.recado.reporting;

import app.recado.kernel.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which visits are counted: those that began on the clinic's days from {@code from} until before {@code to}, and before now.
 *
 * @param practitionerId null for everybody
 * @param healthcareServiceId null for every service
 */
record Period(
        LocalDate from,
        LocalDate to,
        @Nullable UUID practitionerId,
        @Nullable UUID healthcareServiceId) {

    /** More than a year and a leap day compares seasons with themselves. */
    static final int MOST_DAYS = 366;

    /** @throws app.recado.kernel.ProblemException {@code invalid-parameter} for days out of order or more than a year */
    Period {
        Days.requireAtMost(MOST_DAYS, from, to);
    }

    Instant begins(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The end of the last day, or now when that is earlier. */
    Instant ends(ZoneId zone, Instant now) {
        var end = to.atStartOfDay(zone).toInstant();
        return end.isBefore(now) ? end : now;
    }
}
