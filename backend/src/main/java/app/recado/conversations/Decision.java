package app.recado.conversations;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a message.
 *
 * @param reason a code that says why; null when the outcome says enough
 * @param appointmentId what it is about, as far as that is certain
 * @param messageId which message of ours it answers
 */
record Decision(
        Outcome outcome,
        @Nullable String reason,
        @Nullable UUID patientId,
        @Nullable UUID appointmentId,
        @Nullable UUID messageId) {

    static Decision of(Outcome outcome, @Nullable String reason) {
        return new Decision(outcome, reason, null, null, null);
    }

    static Decision forStaff(String reason) {
        return of(Outcome.FOR_STAFF, reason);
    }

    static Decision ignored(String reason) {
        return of(Outcome.IGNORED, reason);
    }

    Decision about(UUID patient, UUID appointment, UUID message) {
        return new Decision(outcome, reason, patient, appointment, message);
    }

    Decision from(@Nullable UUID patient) {
        return patientId != null ? this : new Decision(outcome, reason, patient, appointmentId, messageId);
    }

    boolean needsStaff() {
        return outcome == Outcome.FOR_STAFF;
    }
}
