package app.recado.messaging;

import app.recado.templates.TextVersion;
import app.recado.whatsapp.Payload;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a locked message.
 *
 * @param message as it was read under its lock
 * @param reason a code; null when the state needs none
 * @param at when it came that far
 * @param next when the worker looks at it again; null when there is nothing to do
 * @param attempts calls to the engine that brought it no further, since the last one that did
 * @param holds whether nothing else leaves in its conversation before it is settled
 * @param handing what is handed over; null unless it is handed over now
 * @param engineMessageId the id by which the engine speaks of it from now on; null when it said none
 */
record MessageChange(
        StoredMessage message,
        MessageState to,
        @Nullable String reason,
        Instant at,
        @Nullable Instant next,
        int attempts,
        boolean holds,
        @Nullable Handing handing,
        @Nullable String engineMessageId) {

    /**
     * What is handed over.
     *
     * @param recipient whom it goes to; see {@link app.recado.whatsapp.Recipient}
     * @param text the words, which people are shown; null when there are none
     * @param language the language they are in
     * @param content what leaves, when it is more than the words and was not written by hand; null otherwise
     * @param version which text it was worded from; null for what was written by hand
     * @param asks whether it ends in a question; null where that is not known, as of what was written by hand
     * @param leadId the message that carries it; null when it leaves itself
     * @param leads it carries others
     * @param answersAll its words say that one answer is for all it tells of
     */
    record Handing(
            UUID lineId,
            String providerMessageId,
            String recipient,
            @Nullable String text,
            String language,
            @Nullable Payload content,
            @Nullable TextVersion version,
            @Nullable Boolean asks,
            Instant notAfter,
            @Nullable UUID leadId,
            boolean leads,
            boolean answersAll) {

        /** Of what leaves by itself. */
        Handing(
                UUID lineId,
                String providerMessageId,
                String recipient,
                @Nullable String text,
                String language,
                @Nullable Payload content,
                @Nullable TextVersion version,
                @Nullable Boolean asks,
                Instant notAfter) {
            this(
                    lineId,
                    providerMessageId,
                    recipient,
                    text,
                    language,
                    content,
                    version,
                    asks,
                    notAfter,
                    null,
                    false,
                    false);
        }

        /**
         * As it stands with a message of several, which is told of under one id.
         *
         * @param lead the one that carries it; null for that one itself
         */
        Handing carriedBy(@Nullable UUID lead) {
            return new Handing(
                    lineId,
                    providerMessageId,
                    recipient,
                    text,
                    language,
                    content,
                    version,
                    asks,
                    notAfter,
                    lead,
                    lead == null,
                    answersAll);
        }

        /** Words and number belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Handing[lineId=" + lineId + "]";
        }
    }

    /** A state for which the worker has nothing to do. */
    static MessageChange settled(StoredMessage message, MessageState to, @Nullable String reason, Instant at) {
        return new MessageChange(message, to, reason, at, null, 0, false, null, null);
    }

    /** A state in which it is looked at again, and others of its conversation need not wait for it. */
    static MessageChange later(
            StoredMessage message, MessageState to, @Nullable String reason, Instant at, Instant next) {
        return new MessageChange(message, to, reason, at, next, 0, false, null, null);
    }

    /** It is handed over; whoever finds it after the lease knows that the caller died. */
    static MessageChange handed(StoredMessage message, Handing handing, Instant at, Instant leasedUntil) {
        return new MessageChange(
                message, MessageState.HANDED, null, at, leasedUntil, message.attempts() + 1, true, handing, null);
    }

    /** It is told by the words of another one that is handed over now: there is nothing to do for it but to follow that. */
    static MessageChange carried(StoredMessage message, Handing handing, Instant at) {
        return new MessageChange(message, MessageState.HANDED, null, at, null, 0, false, handing, null);
    }

    /** The same call once more, of a message that was handed over before. */
    static MessageChange calledAgain(StoredMessage message, Instant at, Instant leasedUntil) {
        return new MessageChange(
                message, message.state(), message.reason(), at, leasedUntil, message.attempts() + 1, true, null, null);
    }

    /** A call brought it no further: its conversation waits until it is tried again. */
    static MessageChange tryAgain(
            StoredMessage message, MessageState to, @Nullable String reason, Instant at, Instant next) {
        return new MessageChange(message, to, reason, at, next, message.attempts(), true, null, null);
    }

    /** The same, with the id by which the engine speaks of the message. */
    MessageChange knownAs(@Nullable String id) {
        return new MessageChange(message, to, reason, at, next, attempts, holds, handing, id);
    }

    boolean isNews() {
        return message.state() != to || !java.util.Objects.equals(message.reason(), reason);
    }

    /** Number and words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "MessageChange[message=" + message.id() + ", to=" + to + "]";
    }
}
