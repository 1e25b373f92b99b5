package app.recado.patients.requests;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What somebody asks for. */
enum RequestKind {
    /** A copy of what is kept. */
    @JsonProperty("access")
    ACCESS,
    @JsonProperty("correction")
    CORRECTION,
    @JsonProperty("erasure")
    ERASURE,
    /** That nothing is done with it for the time being. */
    @JsonProperty("restriction")
    RESTRICTION;

    static RequestKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
