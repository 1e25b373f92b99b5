package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who said something in a conversation. */
enum Speaker {
    /** The other side, patient or not. */
    PATIENT,
    /** Somebody of the clinic, here or on the clinic's own phone. */
    CLINIC,
    RECADO;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Speaker of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
