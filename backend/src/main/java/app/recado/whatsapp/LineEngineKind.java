package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a line reaches WhatsApp. Chosen when the line is created; another engine is another line. */
public enum LineEngineKind {
    /** The clinic's own phone, linked by QR code or pairing code. */
    @JsonProperty("linked-device")
    LINKED_DEVICE,
    /** WhatsApp Business Platform, Cloud API. */
    @JsonProperty("cloud-api")
    CLOUD_API,
    /** WhatsApp through Twilio's messaging API. */
    @JsonProperty("twilio")
    TWILIO,
    /** A server of the clinic's that runs Evolution API v2. */
    @JsonProperty("evolution")
    EVOLUTION;

    /**
     * Whether a call that was not answered may be repeated. The gateway's may: the same PUT again changes nothing. A
     * provider's POST may not: it would be another message.
     */
    public boolean mayRepeatCalls() {
        return this == LINKED_DEVICE;
    }

    /** As it is written in the API and the database, for example {@code cloud-api}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for a name outside the set */
    public static LineEngineKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
