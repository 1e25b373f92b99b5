package app.recado.organizations;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why a clinic is suspended, as its people are told. */
enum SuspensionReason {
    /** The subscription was not paid. */
    @JsonProperty("payment")
    PAYMENT,
    /** An owner asked for it. */
    @JsonProperty("request")
    REQUEST,
    /** It was used against the terms of service, for example to write to people who never agreed. */
    @JsonProperty("misuse")
    MISUSE,
    /** Somebody else seems to have got in. */
    @JsonProperty("security")
    SECURITY,
    /** It is going to be deleted. No reason to give: asking for the deletion brings it about. */
    @JsonProperty("deletion")
    DELETION;

    /** As it stands in the API and in rows. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name outside the set */
    static SuspensionReason of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
