package app.recado.conversations;

import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/**
 * A ticket was opened, came further, was closed or is about something else. Heard inside the transaction that did it.
 *
 * @param opened whether it is new
 * @param state as it stands in the API
 * @param category what it is about; {@code unknown} when nobody knows
 */
record TicketTurned(UUID ticketId, boolean opened, String state, String category) implements Publishable {
    @Override
    public String eventType() {
        return opened ? "ticket.opened" : "ticket.changed";
    }

    @Override
    public UUID resourceId() {
        return ticketId;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("state", state, "category", category);
    }
}
