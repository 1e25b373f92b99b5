package app.recado.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a patient's answer means for the subject of a message. Implemented by the module that plans messages. */
public interface SubjectAnswers {

    /** Acts on the subject, inside the caller's transaction. */
    Effect answered(Answer answer);

    /**
     * Takes an answer back, inside the caller's transaction.
     *
     * @param saidAt when it had been given
     * @param at when it was taken back
     * @return false when it stands no more, because something else happened since; then a person must look
     */
    boolean withdrawn(UUID subjectId, Instant saidAt, Instant at);

    /**
     * A yes or a no.
     *
     * @param version the version of the subject that the patient was told of
     * @param says what the patient was told of it; null when that was not kept
     * @param accepts true for yes
     * @param text the patient's words
     * @param at when they wrote it; a later answer wins whenever it arrives
     */
    record Answer(UUID subjectId, long version, @Nullable String says, boolean accepts, String text, Instant at) {

        /** Words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Answer[subjectId=" + subjectId + ", version=" + version + "]";
        }
    }

    /** What the answer did. */
    enum Effect {
        ACCEPTED,
        /** The no was recorded and the subject cancelled. */
        CANCELLED,
        /** The no was recorded, and somebody of the clinic must decide. */
        DECLINED_FOR_STAFF,
        /** Nothing: the subject has moved on since the patient was told. */
        SUPERSEDED,
        /** Nothing: a later answer stands. */
        OUTDATED,
        /** Nothing: the subject is past answering. */
        NOT_AWAITED
    }
}
