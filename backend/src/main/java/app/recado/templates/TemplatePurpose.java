package app.recado.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the messages of a template are for: which consent they need follows from it. */
public enum TemplatePurpose {
    /** About a patient's visits or their care. */
    @JsonProperty("care")
    CARE,
    /** Everything else: only to people who said that they want it. */
    @JsonProperty("marketing")
    MARKETING;

    static TemplatePurpose of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** As it is written in the API, for example {@code care}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
