package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What of a patient somebody looks at. */
public enum PatientPart {
    /** The card: names, phone, papers, remarks. */
    @JsonProperty("record")
    RECORD,
    /** When they come and came, to whom and for what. */
    @JsonProperty("visits")
    VISITS,
    /** What was written to them and what they wrote. */
    @JsonProperty("messages")
    MESSAGES,
    /** Their card among the few that a search found. */
    @JsonProperty("search-results")
    SEARCH_RESULTS,
    /** Many cards at once, of nobody in particular. */
    @JsonProperty("register")
    REGISTER,
    /** A file of the register, or of the visits of some days. */
    @JsonProperty("register-export")
    REGISTER_EXPORT,
    /** The copy of everything that is kept about them. */
    @JsonProperty("personal-data")
    PERSONAL_DATA,
    /** What practitioners wrote about them. */
    @JsonProperty("clinical-notes")
    CLINICAL_NOTES;

    static PatientPart of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
