package app.recado.notifications;

import app.recado.scheduling.AppointmentSource;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a clinic tells its patients, when and on which condition. A condition that is empty or null holds for every visit.
 *
 * @param version grows with every change
 */
record NotificationRule(UUID id, Details details, boolean active, long version) {

    /**
     * @param name as the clinic calls it; null for a name that follows from the trigger
     * @param minutes how long before the visit; only of {@link RuleTrigger#BEFORE_VISIT}
     * @param time on the clocks of the visit's place; only of {@link RuleTrigger#SAME_DAY}
     * @param conditions which visits
     * @param unansweredOnly it stops once the patient has said whether they come
     * @param latestMinutes it does not leave later than so many minutes before the visit
     * @param lineId the line it leaves on; null for the clinic's default one
     */
    record Details(
            @Nullable String name,
            RuleTrigger trigger,
            @Nullable Integer minutes,
            @Nullable LocalTime time,
            Conditions conditions,
            boolean unansweredOnly,
            int latestMinutes,
            @Nullable UUID lineId) {}

    /**
     * @param firstVisit true for the first visit of a patient alone, false for every other; null for both
     * @param tags the patient has one of them
     */
    record Conditions(
            List<UUID> serviceIds,
            List<UUID> practitionerIds,
            List<UUID> locationIds,
            List<UUID> insuranceIds,
            List<AppointmentSource> sources,
            List<String> tags,
            @Nullable Boolean firstVisit) {

        static final Conditions NONE =
                new Conditions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }
}
