package app.recado.booking;

import app.recado.patients.PatientCompletion.Detail;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a card a pre-registration asks for. */
enum PreregistrationDetail {
    @JsonProperty("given-name")
    GIVEN_NAME(Detail.GIVEN_NAME),
    @JsonProperty("family-name")
    FAMILY_NAME(Detail.FAMILY_NAME),
    @JsonProperty("birth-date")
    BIRTH_DATE(Detail.BIRTH_DATE),
    @JsonProperty("identifier")
    IDENTIFIER(Detail.IDENTIFIER),
    @JsonProperty("email")
    EMAIL(Detail.EMAIL),
    /** Who pays, and the number there. */
    @JsonProperty("insurance")
    INSURANCE(null),
    /** Whether they want messages about visits. */
    @JsonProperty("messaging")
    MESSAGING(Detail.MESSAGING),
    @JsonProperty("marketing")
    MARKETING(Detail.MARKETING);

    private final @Nullable Detail ofCard;

    PreregistrationDetail(@Nullable Detail ofCard) {
        this.ofCard = ofCard;
    }

    /** The detail of the card; empty for what is not kept there. */
    Optional<Detail> ofCard() {
        return Optional.ofNullable(ofCard);
    }

    static PreregistrationDetail of(Detail detail) {
        return Arrays.stream(values())
                .filter(one -> one.ofCard == detail)
                .findFirst()
                .orElseThrow();
    }
}
