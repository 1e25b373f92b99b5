package app.recado.customfields;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a field is about. */
public enum FieldSubject {
    @JsonProperty("patient")
    PATIENT,
    @JsonProperty("appointment")
    APPOINTMENT;

    static FieldSubject of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
