package app.recado.templates;

import app.recado.kernel.Versioned;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * A text for one occasion in one language.
 *
 * @param id stays the same when the clinic words its own text
 * @param standard true while the clinic uses Recado's text
 */
@Schema(name = "MessageTemplate")
record TemplateView(
        UUID id,
        TemplateKind kind,
        TemplateLanguage language,
        String body,
        long version,
        Instant updatedAt,
        @JsonProperty("default") boolean standard)
        implements Versioned {

    static TemplateView of(OwnText text) {
        return new TemplateView(
                text.id(), text.kind(), text.language(), text.body(), text.version(), text.updatedAt(), false);
    }

    static TemplateView standard(UUID id, TemplateKind kind, TemplateLanguage language) {
        return new TemplateView(id, kind, language, DefaultTexts.of(kind, language), 0, DefaultTexts.WORDED_AT, true);
    }
}
