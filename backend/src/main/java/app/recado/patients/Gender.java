package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Administrative gender, in the words of FHIR. */
enum Gender {
    @JsonProperty("female")
    FEMALE,
    @JsonProperty("male")
    MALE,
    @JsonProperty("other")
    OTHER,
    /** Nobody said. */
    @JsonProperty("unknown")
    UNKNOWN;

    static Gender of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<Gender, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Gender gender) {
            return gender == null ? null : gender.wireName();
        }

        @Override
        public @Nullable Gender convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
