package app.recado.whatsapp;

import java.util.Optional;
import java.util.UUID;

/** Whoever keeps messages that leave, asked by engines. Current organization; each needs an open transaction. */
public interface OutgoingMessages {

    /** The id we chose for a message that the provider knows under its own. */
    Optional<String> ourIdOf(UUID lineId, String engineMessageId);

    /** Whether it has not left yet. */
    boolean isStillToLeave(UUID messageId);

    /** What a message consists of whose media its provider fetches, counting the fetch; empty when it never left or was
     * fetched that often. */
    Optional<Payload> fetched(UUID messageId, int atMost);
}
