package app.recado.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text as it was, is or may become.
 *
 * @param number from 1; 0 for Recado's own text; null for a draft
 * @param at when it was published; of a draft, when it was last written. Null for Recado's own
 */
@Schema(name = "TemplateVersion")
record TemplateVersionView(
        @Schema(example = "3") @Nullable Integer number,
        State state,
        String body,
        @Nullable Instant at) {

    /** What becomes of it. */
    @Schema(name = "TemplateVersionState")
    enum State {
        /** Nobody is sent it. */
        @JsonProperty("draft")
        DRAFT,
        /** It leaves. */
        @JsonProperty("published")
        PUBLISHED,
        /** It left before. */
        @JsonProperty("archived")
        ARCHIVED
    }

    static TemplateVersionView draft(OwnText text) {
        return new TemplateVersionView(null, State.DRAFT, Objects.requireNonNull(text.draft()), text.updatedAt());
    }

    static TemplateVersionView of(PublishedTexts.Published published, int current) {
        return new TemplateVersionView(
                published.number(),
                published.number() == current ? State.PUBLISHED : State.ARCHIVED,
                published.body(),
                published.publishedAt());
    }

    static TemplateVersionView standard(String words, boolean leaves) {
        return new TemplateVersionView(0, leaves ? State.PUBLISHED : State.ARCHIVED, words, null);
    }
}
