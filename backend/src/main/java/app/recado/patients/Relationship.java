package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What whoever answers the phone is to a patient. */
enum Relationship {
    /** The patient is the one who answers. */
    @JsonProperty("self")
    SELF,
    @JsonProperty("mother")
    MOTHER,
    @JsonProperty("father")
    FATHER,
    @JsonProperty("grandparent")
    GRANDPARENT,
    @JsonProperty("guardian")
    GUARDIAN,
    @JsonProperty("spouse")
    SPOUSE,
    /** A grown-up son or daughter. */
    @JsonProperty("child")
    CHILD,
    @JsonProperty("sibling")
    SIBLING,
    @JsonProperty("other")
    OTHER;

    static Relationship of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
