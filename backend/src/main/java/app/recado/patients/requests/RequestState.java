package app.recado.patients.requests;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How far a request is. */
enum RequestState {
    @JsonProperty("open")
    OPEN,
    /** It was answered as it was asked. */
    @JsonProperty("done")
    DONE,
    /** It was answered that it is not done, and why. */
    @JsonProperty("refused")
    REFUSED;

    static RequestState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
