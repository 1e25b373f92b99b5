package app.recado.messaging;

import java.util.List;
import java.util.UUID;

/**
 * A subject was changed and changed back: what the patient was told of it is so again, and nothing else was told since. Heard
 * inside the transaction that changed it back, which holds the subject's lock.
 *
 * @param messageIds the messages that told it
 */
public record ToldHoldsAgain(UUID subjectId, List<UUID> messageIds) {
    public ToldHoldsAgain {
        messageIds = List.copyOf(messageIds);
    }
}
