package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    static Participation of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As it is written in the API, for example {@code needs-action}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<Participation, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Participation participation) {
            return participation == null ? null : participation.wireName();
        }

        @Override
        public @Nullable Participation convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
