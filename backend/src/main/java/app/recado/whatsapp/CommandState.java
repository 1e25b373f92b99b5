package app.recado.whatsapp;

import java.util.Locale;

/** How far a message came at the engine. The set is closed and shared with the gateway. */
public enum CommandState {
    ACCEPTED,
    SENDING,
    SENT,
    DELIVERED,
    READ,
    FAILED,
    UNKNOWN,
    WITHDRAWN,
    EXPIRED;

    /** As the gateway writes it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name outside the set */
    static CommandState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
