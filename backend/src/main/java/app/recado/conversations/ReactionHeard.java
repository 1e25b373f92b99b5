package app.recado.conversations;

import java.util.UUID;

/**
 * Somebody set a sign at what was said, or the clinic did on its own phone; or took one away. Told inside the transaction that
 * keeps it. It stands on what was said before: nobody waits for an answer to it, and other systems are not called for it.
 *
 * @param entryId the entry that holds the sign
 */
public record ReactionHeard(UUID conversationId, UUID entryId, UUID lineId) {}
