package app.recado.conversations;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a message.
 *
 * @param reason a code that says why; null when the outcome says enough
 * @param appointmentId what it is about, as far as that is certain
 * @param messageId which message of ours it answers
 * @param visits what it is about when that is several visits which one message told; empty for one visit or none, null for
 *     whatever was known before
 */
record Decision(
        Outcome outcome,
        @Nullable String reason,
        @Nullable UUID patientId,
        @Nullable UUID appointmentId,
        @Nullable UUID messageId,
        @Nullable List<About> visits) {

    /**
     * One of several visits.
     *
     * @param messageId which message of ours told of it
     * @param outcome what the words are for it; null while nobody said
     */
    record About(
            UUID appointmentId, UUID messageId, @Nullable Outcome outcome) {}

    Decision(
            Outcome outcome,
            @Nullable String reason,
            @Nullable UUID patientId,
            @Nullable UUID appointmentId,
            @Nullable UUID messageId) {
        this(outcome, reason, patientId, appointmentId, messageId, null);
    }

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
        return new Decision(outcome, reason, patient, appointment, message, List.of());
    }

    /** The same about several visits that one message told. @param message that one */
    Decision aboutAll(UUID message, List<About> several) {
        return new Decision(outcome, reason, patientId, appointmentId, message, several);
    }

    Decision from(@Nullable UUID patient) {
        return patientId != null ? this : new Decision(outcome, reason, patient, appointmentId, messageId, visits);
    }

    boolean needsStaff() {
        return outcome == Outcome.FOR_STAFF;
    }
}
