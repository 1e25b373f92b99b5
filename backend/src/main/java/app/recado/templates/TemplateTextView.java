package app.recado.templates;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text in one language: what leaves, and what is being written.
 *
 * @param kind the occasion; null for a template of the clinic's own
 * @param customTemplateId the clinic's own template; null for an occasion
 * @param body what leaves: what was published last, else Recado's own; null for an own template of which nothing was
 *     published in this language
 * @param number of the version that leaves, from 1; 0 while it is Recado's own text, or none
 * @param draft words that nobody is sent; null when there are none
 * @param updatedAt when it was last changed; null while nobody did
 */
@Schema(name = "TemplateText")
record TemplateTextView(
        UUID id,
        @Nullable TemplateKind kind,
        @Nullable UUID customTemplateId,
        TemplateLanguage language,
        @Nullable String body,
        @Schema(example = "3") int number,

        @Schema(example = "Hola, {{patient.givenName}}. Te esperamos.") @Nullable String draft,

        @Nullable Instant updatedAt,
        long version)
        implements Versioned {

    static TemplateTextView of(TextAddress address, Optional<OwnText> own) {
        return new TemplateTextView(
                address.id(),
                address.kind(),
                address.customId(),
                address.language(),
                own.map(OwnText::body).or(address::standard).orElse(null),
                own.map(OwnText::published).orElse(0),
                own.map(OwnText::draft).orElse(null),
                own.map(OwnText::updatedAt).orElse(null),
                own.map(OwnText::version).orElse(0L));
    }
}
