package app.recado.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The occasions on which a clinic writes to a patient by itself. */
public enum TemplateKind {
    /** A visit was booked. */
    @JsonProperty("confirmation")
    CONFIRMATION,
    /** A visit is near. */
    @JsonProperty("reminder")
    REMINDER,
    /** A visit was cancelled by the clinic. */
    @JsonProperty("cancellation")
    CANCELLATION,
    /** A visit was moved to another time. */
    @JsonProperty("reschedule")
    RESCHEDULE,
    /** An hour is free for somebody of the waitlist. */
    @JsonProperty("offer")
    OFFER,
    /** A visit is over. */
    @JsonProperty("followup")
    FOLLOWUP,
    /** A visit is over, and the patient may say how it was. */
    @JsonProperty("survey")
    SURVEY,
    /** The patient did not come. */
    @JsonProperty("missed")
    MISSED,
    /** It is time to come again. */
    @JsonProperty("recall")
    RECALL;

    /** @throws IllegalArgumentException for a name outside the set */
    static TemplateKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Whether the patient is to say yes or no to it. */
    boolean asksForAnswer() {
        return switch (this) {
            case CONFIRMATION, REMINDER, RESCHEDULE, OFFER -> true;
            case CANCELLATION, FOLLOWUP, SURVEY, MISSED, RECALL -> false;
        };
    }

    /** As it is written in the API, for example {@code reminder}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
