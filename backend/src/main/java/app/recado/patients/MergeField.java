package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What two cards may say differently about one person. */
enum MergeField {
    @JsonProperty("given-name")
    GIVEN_NAME(Patient::givenName),
    @JsonProperty("family-name")
    FAMILY_NAME(Patient::familyName),
    /** With its extension. */
    @JsonProperty("phone")
    PHONE(Patient::phone),
    @JsonProperty("birth-date")
    BIRTH_DATE(Patient::birthDate),
    @JsonProperty("language")
    LANGUAGE(Patient::language),
    @JsonProperty("gender")
    GENDER(Patient::gender),
    @JsonProperty("email")
    EMAIL(Patient::email),
    @JsonProperty("notes")
    NOTES(Patient::notes),
    /** Both are kept; only where they have one of the same kind with different numbers, one of them can stay. */
    @JsonProperty("identifiers")
    IDENTIFIERS(patient -> null);

    private final Function<Patient, @Nullable Object> value;

    MergeField(Function<Patient, @Nullable Object> value) {
        this.value = value;
    }

    @Nullable Object of(Patient patient) {
        return value.apply(patient);
    }

    /** Whether somebody has to choose: both say something, and not the same. */
    boolean differs(Patient one, Patient other) {
        if (this == IDENTIFIERS) {
            return one.identifiers().stream()
                    .anyMatch(ours -> other.identifiers().stream()
                            .anyMatch(theirs -> ours.kind() == theirs.kind()
                                    && !ours.value().equals(theirs.value())));
        }
        var ours = of(one);
        var theirs = of(other);
        return ours != null && theirs != null && !Objects.equals(ours, theirs);
    }
}
