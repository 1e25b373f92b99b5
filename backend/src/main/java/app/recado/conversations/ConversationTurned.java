package app.recado.conversations;

import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/**
 * A conversation began, ended, was put aside or goes on. Heard inside the transaction that did it.
 *
 * @param state as it stands in the API
 */
public record ConversationTurned(UUID conversationId, UUID lineId, String state) implements Publishable {
    @Override
    public String eventType() {
        return "conversation.state_changed";
    }

    @Override
    public UUID resourceId() {
        return conversationId;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("state", state);
    }
}
