package app.recado.campaigns;

import java.time.Instant;
import java.time.ZoneId;

/** The hours of a day in which a campaign sends, on the clinic's clocks. A time that clocks skip means the moment after. */
record SendingHours(Campaign campaign, ZoneId zone) {

    boolean areAt(Instant instant) {
        var time = instant.atZone(zone).toLocalTime();
        return !time.isBefore(campaign.sendFrom()) && time.isBefore(campaign.sendUntil());
    }

    /** When they begin next, later than that. */
    Instant nextAfter(Instant instant) {
        var day = instant.atZone(zone).toLocalDate();
        var today = day.atTime(campaign.sendFrom()).atZone(zone).toInstant();
        return today.isAfter(instant)
                ? today
                : day.plusDays(1).atTime(campaign.sendFrom()).atZone(zone).toInstant();
    }

    /** When those of that day end. */
    Instant endOf(Instant instant) {
        return instant.atZone(zone)
                .toLocalDate()
                .atTime(campaign.sendUntil())
                .atZone(zone)
                .toInstant();
    }
}
