package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a line is doing. The set is closed and shared with the gateway. */
public enum LineState {
    @JsonProperty("stopped")
    STOPPED,
    @JsonProperty("starting")
    STARTING,
    /** A QR code waits to be scanned. */
    @JsonProperty("pairing")
    PAIRING,
    /** Messages flow. */
    @JsonProperty("linked")
    LINKED,
    /** Was linked and comes back by itself. */
    @JsonProperty("reconnecting")
    RECONNECTING,
    /** Somebody must scan a QR code again. */
    @JsonProperty("needs-pairing")
    NEEDS_PAIRING,
    /** Will not come back by itself; the cause says what to do. */
    @JsonProperty("halted")
    HALTED;

    /** As it is written in the API and by the gateway, for example {@code needs-pairing}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for a name outside the set */
    public static LineState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
