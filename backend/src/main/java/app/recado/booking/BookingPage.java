package app.recado.booking;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a clinic takes bookings from its page.
 *
 * @param byHand staff accept each booking; otherwise it stands at once
 * @param notice how long before a visit it can be booked at the latest
 * @param horizonDays how many days ahead visits can be booked
 * @param changeNotice how long before a visit its patient can move or cancel it at the latest
 * @param phone the clinic's, in E.164, for whoever gets no further
 * @param serviceIds what is offered
 * @param deposit what is asked for with each booking; null for nothing
 */
record BookingPage(
        boolean enabled,
        boolean byHand,
        Duration notice,
        int horizonDays,
        Duration changeNotice,
        @Nullable String welcome,
        @Nullable String phone,
        @Nullable String address,
        List<UUID> serviceIds,
        @Nullable DepositRule deposit,
        long version) {

    /** Whether a visit that begins then may be booked now, by the clinic's notice and horizon. */
    boolean offers(Instant start, Instant now, ZoneId zone) {
        return !start.isBefore(now.plus(notice))
                && !LocalDate.ofInstant(start, zone)
                        .isAfter(LocalDate.ofInstant(now, zone).plusDays(horizonDays));
    }

    /** What a clinic has that never said anything. */
    static final BookingPage OFF = new BookingPage(
            false, false, Duration.ofHours(2), 60, Duration.ofHours(24), null, null, null, List.of(), null, 0);
}
