package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What goes first among those that wait. */
enum ConversationPriority {
    NORMAL,
    URGENT;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ConversationPriority of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
