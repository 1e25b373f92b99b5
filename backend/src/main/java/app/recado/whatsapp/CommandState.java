package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How far a message came at the engine. The set is closed and shared with the gateway. */
public enum CommandState {
    @JsonProperty("accepted")
    ACCEPTED(0),
    @JsonProperty("sending")
    SENDING(1),
    @JsonProperty("sent")
    SENT(3),
    @JsonProperty("delivered")
    DELIVERED(5),
    @JsonProperty("read")
    READ(6),
    @JsonProperty("failed")
    FAILED(4),
    @JsonProperty("unknown")
    UNKNOWN(2),
    @JsonProperty("withdrawn")
    WITHDRAWN(4),
    @JsonProperty("expired")
    EXPIRED(4);

    private final int rank;

    CommandState(int rank) {
        this.rank = rank;
    }

    /** Whether news of this state overrules the other one: reports come in any order, and again. */
    boolean isLaterThan(CommandState known) {
        return rank > known.rank;
    }

    /** As the gateway writes it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name outside the set */
    public static CommandState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
