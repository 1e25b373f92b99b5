package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a conversation stands. */
enum ConversationState {
    /** Somebody of the clinic answers, or waits for the patient's answer. */
    OPEN,
    /** Recado understood what was said last and carries on by itself. */
    PENDING,
    /** Put aside until a time, or until the patient writes something for staff. */
    SNOOZED,
    /** Over, until something is said again. */
    RESOLVED;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ConversationState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
