package app.recado.conversations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may go on with a message that would otherwise wait for a person; implemented by the module that speaks with patients.
 * Asked last: what answers a notice, a wish to hear no more and a wish for a person were decided before.
 */
public interface AutomaticTurns {

    /**
     * A message of a direct chat that nothing else understood.
     *
     * @param kind what it consists of, for example {@code text}
     * @param text its words; null for things without words
     * @param choiceId what the button that was tapped says to us; null for none
     * @param about whether it is about a notice of a visit that still counts
     * @param quoting whether it quotes such a notice
     * @param receivedAt when it arrived here
     */
    record Offered(
            UUID inboundId,
            UUID contactId,
            UUID lineId,
            String kind,
            @Nullable String text,
            @Nullable String choiceId,
            boolean about,
            boolean quoting,
            Instant receivedAt) {
        @Override
        public String toString() {
            return "Offered[inboundId=" + inboundId + "]";
        }
    }

    /** Part of the transaction that stores the message; whatever is said follows later, in a turn of its own.
     *
     * @return whether it goes on: then nobody is asked to look */
    boolean takes(Offered message);

    /** Whether it asked something there and waits for the answer. Part of the transaction that stores a message. */
    boolean asks(UUID contactId, UUID lineId);
}
