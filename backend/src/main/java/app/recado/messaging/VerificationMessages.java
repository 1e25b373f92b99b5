package app.recado.messaging;

import java.time.Instant;

/**
 * Codes by which somebody proves that a phone is theirs. They leave on the clinic's default line through the outbox, like
 * everything else, but are for whoever holds the phone: patient or not, and whether or not they want other messages, since
 * they asked for this one a moment ago. Needs an open transaction.
 */
public interface VerificationMessages {

    /**
     * Whether a code would arrive now. Never on official lines: these open a conversation with approved templates only, and
     * a code that arrived for those alone who wrote within the last day would tell who did.
     */
    boolean possible();

    /**
     * Sends words with a code in them.
     *
     * @param e164 the phone, with a leading plus
     * @param usefulUntil when the code expires; it is not sent later
     * @return false when {@link #possible} is, and nothing was sent
     */
    boolean send(String e164, String text, Instant usefulUntil);
}
