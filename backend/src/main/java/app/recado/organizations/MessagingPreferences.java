package app.recado.organizations;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * How a clinic wants its patients to be written to.
 *
 * @param declineAction what a patient's "no" does to the visit
 * @param quietHours when nobody is written to; null when the clinic has no such hours
 */
public record MessagingPreferences(
        DeclineAction declineAction, @Nullable QuietHours quietHours) {

    /** What a patient's "no" does to the visit. */
    public enum DeclineAction {
        /** The visit is cancelled and its time free again. */
        CANCEL,
        /** The answer is kept with the visit and somebody of the clinic decides. */
        ASK_STAFF
    }

    /**
     * Hours in which nobody is written to, as the clocks of the clinic show them.
     *
     * @param from the first quiet minute
     * @param to the first minute that is not quiet any more; earlier than {@code from} when the hours span midnight
     */
    public record QuietHours(LocalTime from, LocalTime to) {}
}
