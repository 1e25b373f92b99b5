package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a visit was booked. */
public enum AppointmentSource {
    /** By staff. */
    @JsonProperty("desk")
    DESK,
    /** By the patient, on the clinic's booking page. */
    @JsonProperty("online")
    ONLINE,
    /** In a conversation, by the patient's yes to a flow, to the assistant or to an hour that became free. */
    @JsonProperty("bot")
    BOT,
    /** By another program. */
    @JsonProperty("api")
    API,
    /** In another system, whose file was imported. */
    @JsonProperty("import")
    IMPORT;

    static AppointmentSource of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** As it is written in the API, for example {@code online}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<AppointmentSource, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable AppointmentSource source) {
            return source == null ? null : source.wireName();
        }

        @Override
        public @Nullable AppointmentSource convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
