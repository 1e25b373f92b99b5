package app.recado.conversations;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** What a patient's message led to. */
@Schema(name = "InboundOutcome")
enum Outcome {
    @JsonProperty("accepted")
    ACCEPTED,
    @JsonProperty("declined")
    DECLINED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("opted-out")
    OPTED_OUT,
    @JsonProperty("opted-in")
    OPTED_IN,
    /** A flow goes on with it. */
    @JsonProperty("in-flow")
    IN_FLOW,
    /** It says how a visit was. */
    @JsonProperty("rated")
    RATED,
    @JsonProperty("for-staff")
    FOR_STAFF,
    @JsonProperty("ignored")
    IGNORED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Outcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
