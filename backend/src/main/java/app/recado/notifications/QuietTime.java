package app.recado.notifications;

import app.recado.organizations.MessagingPreferences.QuietHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Quiet hours on the clinic's clocks. When clocks jump, what they show decides: a bound in a skipped hour means the
 * moment after the jump; in a repeated hour, minutes that look quiet are quiet both times, and the quiet ends with the
 * second time.
 */
final class QuietTime {

    private final @Nullable QuietHours hours;
    private final ZoneId zone;

    QuietTime(@Nullable QuietHours hours, ZoneId zone) {
        this.hours = hours == null || hours.from().equals(hours.to()) ? null : hours;
        this.zone = zone;
    }

    /** When the quiet that reigns at this instant ends; empty when it is not quiet. */
    Optional<Instant> endOfQuietAt(Instant instant) {
        if (hours == null || !isQuiet(instant.atZone(zone).toLocalTime())) {
            return Optional.empty();
        }
        return Optional.of(next(hours.to(), instant));
    }

    /** When the next quiet begins after this instant, which is not quiet; empty when there are no quiet hours. */
    Optional<Instant> nextQuietAfter(Instant instant) {
        return hours == null ? Optional.empty() : Optional.of(next(hours.from(), instant));
    }

    private boolean isQuiet(LocalTime time) {
        var quiet = hours;
        if (quiet == null) {
            return false;
        }
        boolean sinceFrom = !time.isBefore(quiet.from());
        boolean beforeTo = time.isBefore(quiet.to());
        return quiet.from().isBefore(quiet.to()) ? sinceFrom && beforeTo : sinceFrom || beforeTo;
    }

    /** The next instant, later than the given one, at which clocks show that time. */
    private Instant next(LocalTime time, Instant after) {
        for (LocalDate day = after.atZone(zone).toLocalDate(); ; day = day.plusDays(1)) {
            var transition = zone.getRules().getTransition(day.atTime(time));
            if (transition != null && transition.isGap()) {
                if (transition.getInstant().isAfter(after)) {
                    return transition.getInstant();
                }
                continue;
            }
            var candidate = ZonedDateTime.of(day, time, zone);
            for (var occurrence : new ZonedDateTime[] {candidate, candidate.withLaterOffsetAtOverlap()}) {
                if (occurrence.toInstant().isAfter(after)) {
                    return occurrence.toInstant();
                }
            }
        }
    }
}
