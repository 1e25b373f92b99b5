package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a ticket came. */
enum TicketState {
    OPEN,
    IN_PROGRESS,
    CLOSED;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static TicketState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
