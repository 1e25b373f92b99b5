package app.recado.messaging;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What patients answer who were asked how a visit was. Implemented by the module that asks them. */
public interface SurveyAnswers {

    /**
     * A survey that somebody may be answering.
     *
     * @param messageId the message that asked
     * @param askedAt when it left
     */
    record Asked(UUID messageId, UUID appointmentId, UUID patientId, Instant askedAt) {}

    /**
     * What was said.
     *
     * @param rating from 1, very bad, to 5, very good
     * @param low whether somebody of the clinic should look
     * @param withWords whether they said more than the number
     */
    record Rating(int rating, boolean low, boolean withWords) {}

    /**
     * The survey that was said last to a number on a line, or the one that is quoted; empty when what was said last is
     * something else, or it was too long ago.
     *
     * @param quotedProviderMessageId what is quoted; null for nothing
     * @param at when they wrote
     */
    Optional<Asked> asked(UUID lineId, String phone, @Nullable String quotedProviderMessageId, Instant at);

    /** Keeps a rating, if the words are one; inside the caller's transaction. A later one replaces it. */
    Optional<Rating> rate(Asked survey, String text, Instant at);
}
