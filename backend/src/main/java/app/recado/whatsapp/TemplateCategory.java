package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider takes an approved template for; price and route follow from it. The provider may change it. */
@Schema(name = "TemplateCategory")
public enum TemplateCategory {
    /** It advertises. */
    @JsonProperty("marketing")
    MARKETING,
    /** It is about something that was agreed. */
    @JsonProperty("utility")
    UTILITY,
    /** It brings a code. */
    @JsonProperty("authentication")
    AUTHENTICATION;

    /** By a provider's word for it or by ours; empty for words this version does not know. */
    public static Optional<TemplateCategory> of(@Nullable String word) {
        return Arrays.stream(values())
                .filter(category -> category.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** As it is written in the API, for example {@code utility}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
