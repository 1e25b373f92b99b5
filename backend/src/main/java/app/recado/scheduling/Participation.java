package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the patient said about coming (FHIR R4 names). */
public enum Participation {
    /** They have not answered. */
    @JsonProperty("needs-action")
    NEEDS_ACTION,
    @JsonProperty("accepted")
    ACCEPTED,
    @JsonProperty("declined")
    DECLINED,
    /** They answered, but neither yes nor no. */
    @JsonProperty("tentative")
    TENTATIVE;

    /** As it is written in the API, for example {@code needs-action}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
