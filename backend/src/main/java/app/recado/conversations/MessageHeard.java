package app.recado.conversations;

import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/**
 * Something was said to the clinic in a conversation, or by the clinic on its own phone. Told once, inside the transaction that
 * keeps it.
 *
 * @param messageId the entry in the conversation
 * @param fromMe whether the clinic said it on its own phone
 */
public record MessageHeard(UUID conversationId, UUID messageId, UUID lineId, boolean fromMe) implements Publishable {
    @Override
    public String eventType() {
        return "conversation.message_received";
    }

    @Override
    public UUID resourceId() {
        return conversationId;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("messageId", messageId.toString(), "from", fromMe ? "clinic" : "patient");
    }
}
