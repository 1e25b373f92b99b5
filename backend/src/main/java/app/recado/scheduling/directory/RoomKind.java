package app.recado.scheduling.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a visit takes beside its practitioner. */
public enum RoomKind {
    /** A room: in FHIR a Location of the physical type {@code ro}. */
    @JsonProperty("room")
    ROOM,
    /** Equipment that stands in one place, for example an ultrasound scanner: in FHIR a Device. */
    @JsonProperty("device")
    DEVICE;

    static RoomKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** As it is written in the API, for example {@code device}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
