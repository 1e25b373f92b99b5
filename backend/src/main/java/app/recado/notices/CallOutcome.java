package app.recado.notices;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** What came of a call. */
@Schema(name = "CallOutcome")
enum CallOutcome {
    /** Somebody spoke with them; what they said stands on the visit. */
    @JsonProperty("reached")
    REACHED,
    @JsonProperty("no-answer")
    NO_ANSWER,
    @JsonProperty("busy")
    BUSY,
    @JsonProperty("left-message")
    LEFT_MESSAGE,
    /** The number is somebody else's. */
    @JsonProperty("wrong-number")
    WRONG_NUMBER;

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static CallOutcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
