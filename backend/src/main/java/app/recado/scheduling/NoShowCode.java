package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why somebody did not come to a visit, as far as the desk found out. FHIR R4 has no list for it. */
public enum NoShowCode {
    /** They forgot, or mistook the day. */
    @JsonProperty("forgot")
    FORGOT("forgot"),
    /** They were ill, or somebody of theirs. */
    @JsonProperty("ill")
    ILL("ill"),
    /** They did not get there: transport, traffic, weather. */
    @JsonProperty("travel")
    TRAVEL("travel"),
    /** Work, school or somebody to look after. */
    @JsonProperty("occupied")
    OCCUPIED("occupied"),
    /** They did not know of the visit, or had cancelled it without being heard. */
    @JsonProperty("not-told")
    NOT_TOLD("not-told"),
    /** Something else. */
    @JsonProperty("other")
    OTHER("other");

    private final String wireName;

    NoShowCode(String wireName) {
        this.wireName = wireName;
    }

    static NoShowCode of(String wireName) {
        return Arrays.stream(values())
                .filter(code -> code.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such code of a missed visit"));
    }

    /** As it is written in the API, for example {@code forgot}. */
    public String wireName() {
        return wireName;
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<NoShowCode, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable NoShowCode code) {
            return code == null ? null : code.wireName();
        }

        @Override
        public @Nullable NoShowCode convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
