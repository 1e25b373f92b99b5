package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a ticket is about; the names are the labels of the model's examples. */
enum TicketCategory {
    APPOINTMENT,
    COMPLAINT,
    DOCUMENTS,
    INFORMATION,
    ORDER,
    PAYMENT,
    URGENCY;

    /** Who said so. */
    enum By {
        STAFF,
        RULE,
        MODEL;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TicketCategory of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    static @Nullable TicketCategory ofOrNull(@Nullable String wireName) {
        return wireName == null ? null : of(wireName);
    }
}
