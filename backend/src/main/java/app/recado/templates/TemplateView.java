package app.recado.templates;

import app.recado.kernel.Versioned;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A text for one occasion in one language, as it leaves.
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

    /** @param own the clinic's; with a draft alone Recado's words still leave */
    static TemplateView of(TextAddress address, Optional<OwnText> own) {
        var kind = Objects.requireNonNull(address.kind());
        var words = own.map(OwnText::body);
        return new TemplateView(
                address.id(),
                kind,
                address.language(),
                words.orElseGet(() -> DefaultTexts.of(kind, address.language())),
                own.map(OwnText::version).orElse(0L),
                words.isPresent() ? own.orElseThrow().updatedAt() : DefaultTexts.WORDED_AT,
                words.isEmpty());
    }
}
