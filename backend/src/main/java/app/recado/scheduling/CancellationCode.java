package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why a visit was cancelled, by the codes of FHIR R4 (appointment-cancellation-reason) that a desk tells apart. */
public enum CancellationCode {
    /** The patient asked for it. */
    @JsonProperty("pat")
    PATIENT("pat"),
    /** The patient feels better. */
    @JsonProperty("pat-fb")
    FEELS_BETTER("pat-fb"),
    /** The practitioner cannot. */
    @JsonProperty("prov")
    PRACTITIONER("prov"),
    /** It was booked by mistake. */
    @JsonProperty("oth-err")
    BOOKED_BY_MISTAKE("oth-err"),
    /** The weather. */
    @JsonProperty("oth-weath")
    WEATHER("oth-weath"),
    /** Something else. */
    @JsonProperty("other")
    OTHER("other");

    private final String wireName;

    CancellationCode(String wireName) {
        this.wireName = wireName;
    }

    static CancellationCode of(String wireName) {
        return Arrays.stream(values())
                .filter(code -> code.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such cancellation code"));
    }

    /** As it is written in the API and in FHIR, for example {@code pat}. */
    public String wireName() {
        return wireName;
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<CancellationCode, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable CancellationCode code) {
            return code == null ? null : code.wireName();
        }

        @Override
        public @Nullable CancellationCode convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
