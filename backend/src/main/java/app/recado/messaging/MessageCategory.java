package app.recado.messaging;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;

/** What a provider takes a message for; it decides the price. */
@Schema(name = "MessageCategory")
public enum MessageCategory {
    /** It advertises. */
    @JsonProperty("marketing")
    MARKETING,
    /** It is about something that was agreed, as reminders are. */
    @JsonProperty("utility")
    UTILITY,
    /** It brings a code. */
    @JsonProperty("authentication")
    AUTHENTICATION,
    /** It answers within a day. */
    @JsonProperty("service")
    SERVICE,
    /** What this version does not know. */
    @JsonProperty("other")
    OTHER;

    /** By the provider's word for it; variants such as {@code marketing_lite} are what they begin with. */
    static MessageCategory of(String word) {
        var known = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(category -> known.startsWith(category.wireName()))
                .findFirst()
                .orElse(OTHER);
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
