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
     * @param timing how far from the visit
     * @param conditions which visits
     * @param unansweredOnly it stops once the patient has said whether they come
     * @param latestMinutes it does not leave later than so many minutes before the visit
     * @param lineId the line it leaves on; null for the clinic's default one
     * @param otherLine it leaves on another line once its own has been down for a while
     * @param holdoutPercent so many visits of a hundred go without its reminder; null for none
     */
    record Details(
            @Nullable String name,
            RuleTrigger trigger,
            Timing timing,
            Conditions conditions,
            boolean unansweredOnly,
            int latestMinutes,
            @Nullable UUID lineId,
            boolean otherLine,
            @Nullable Integer holdoutPercent) {}

    /**
     * @param minutes before the visit begins, or after its end; only of {@link RuleTrigger#BEFORE_VISIT},
     *     {@link RuleTrigger#AFTER_VISIT}, {@link RuleTrigger#SURVEY} and {@link RuleTrigger#NO_SHOW}
     * @param days after the day of the visit; only of {@link RuleTrigger#RECALL}, and without {@code months}
     * @param months after the day of the visit; only of {@link RuleTrigger#RECALL}, and without {@code days}
     * @param time on the clocks of the visit's place; only of {@link RuleTrigger#SAME_DAY} and {@link RuleTrigger#RECALL}
     * @param workingDays what would be due on one of the {@link NonWorkingDays} is due at the same hour of the working day
     *     before it, or after it when it follows the visit
     */
    record Timing(
            @Nullable Integer minutes,
            @Nullable Integer days,
            @Nullable Integer months,
            @Nullable LocalTime time,
            boolean workingDays) {

        static final Timing NONE = new Timing(null, null, null, null, false);

        static Timing minutes(int minutes) {
            return new Timing(minutes, null, null, null, false);
        }

        static Timing at(LocalTime time) {
            return new Timing(null, null, null, time, false);
        }
    }

    /**
     * @param firstVisit true for the first visit of a patient alone, false for every other; null for both
     * @param tags the patient has one of them
     * @param household true for patients for whom somebody answers the phone, or who answer it; false for every other; null
     *     for both
     */
    record Conditions(
            List<UUID> serviceIds,
            List<UUID> practitionerIds,
            List<UUID> locationIds,
            List<UUID> insuranceIds,
            List<AppointmentSource> sources,
            List<String> tags,
            @Nullable Boolean firstVisit,
            @Nullable Boolean household) {

        static final Conditions NONE =
                new Conditions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
    }
}
