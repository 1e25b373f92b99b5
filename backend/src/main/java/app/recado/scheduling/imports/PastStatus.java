package app.recado.scheduling.imports;

import app.recado.scheduling.AppointmentStatus;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What is taken for true of a past visit of which the file does not say what became of it. */
enum PastStatus {
    @JsonProperty("fulfilled")
    FULFILLED(AppointmentStatus.FULFILLED),
    @JsonProperty("noshow")
    NOSHOW(AppointmentStatus.NOSHOW);

    private final AppointmentStatus status;

    PastStatus(AppointmentStatus status) {
        this.status = status;
    }

    AppointmentStatus status() {
        return status;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PastStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
