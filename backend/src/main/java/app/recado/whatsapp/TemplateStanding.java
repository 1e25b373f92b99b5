package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of a template. Null is what it does not say: that stays as it was.
 *
 * @param reason why it is in that state: the provider's word in lower case with dashes, for example {@code invalid-format};
 *     {@code none} takes an earlier one back
 * @param detail the same in the provider's sentences
 */
public record TemplateStanding(
        @Nullable State state,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable TemplateCategory category,
        @Nullable Quality quality) {

    /** No reason any more. */
    public static final String NO_REASON = "none";

    private static final int LONGEST_REASON = 60;
    private static final int LONGEST_DETAIL = 600;

    public TemplateStanding {
        detail = detail == null || detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
    }

    /** How far the approval came. */
    @Schema(name = "TemplateApprovalState")
    public enum State {
        /** On its way to the provider. */
        @JsonProperty("submitting")
        SUBMITTING,
        /** The provider looks at it. */
        @JsonProperty("pending")
        PENDING,
        /** It may be sent. */
        @JsonProperty("approved")
        APPROVED,
        /** The provider does not want it. */
        @JsonProperty("rejected")
        REJECTED,
        /** Too many people did not want it: it is not sent for a while. */
        @JsonProperty("paused")
        PAUSED,
        /** It is not sent any more. */
        @JsonProperty("disabled")
        DISABLED;

        public static State of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Nothing worded with it leaves. */
        public boolean blocks() {
            return this == REJECTED || this == PAUSED || this == DISABLED;
        }
    }

    /** What people made of it lately. */
    @Schema(name = "TemplateQuality")
    public enum Quality {
        @JsonProperty("green")
        GREEN,
        @JsonProperty("yellow")
        YELLOW,
        @JsonProperty("red")
        RED,
        /** Too few people got it. */
        @JsonProperty("unknown")
        UNKNOWN;

        /** By the provider's word; empty for words this version does not know. */
        public static Optional<Quality> of(@Nullable String word) {
            return Arrays.stream(values())
                    .filter(quality -> quality.name().equalsIgnoreCase(word))
                    .findFirst();
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A provider's word as a reason: lower case with dashes; null for sentences. */
    public static @Nullable String reasonOf(@Nullable String word) {
        return word != null && word.matches("[A-Za-z][A-Za-z_]*") && word.length() <= LONGEST_REASON
                ? word.toLowerCase(Locale.ROOT).replace('_', '-')
                : null;
    }
}
