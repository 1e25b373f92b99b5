package app.recado.messaging;

import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/** A message came further. Heard inside the transaction that recorded it. */
public record MessageChanged(UUID messageId, UUID subjectId, String kind, MessageState state) implements Publishable {
    @Override
    public String eventType() {
        return "message.changed";
    }

    @Override
    public UUID resourceId() {
        return messageId;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("kind", kind, "state", state.wireName());
    }
}
