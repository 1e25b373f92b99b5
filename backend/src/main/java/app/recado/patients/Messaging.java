package app.recado.patients;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the clinic may write to a patient. */
enum Messaging {
    @JsonProperty("allowed")
    ALLOWED,
    /** They, or staff on their behalf, asked for no more messages. */
    @JsonProperty("opted-out")
    OPTED_OUT;

    static Messaging of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<Messaging, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Messaging messaging) {
            return messaging == null ? null : messaging.wireName();
        }

        @Override
        public @Nullable Messaging convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
