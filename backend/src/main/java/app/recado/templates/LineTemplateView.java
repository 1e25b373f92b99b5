package app.recado.templates;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One occasion in one language on one line.
 *
 * @param mapping the approved template that leaves; null when the words themselves do
 * @param suggestion what to submit for approval
 */
@Schema(name = "LineTemplate")
record LineTemplateView(
        TemplateKind kind,
        TemplateLanguage language,
        @Nullable Mapping mapping,
        Suggestion suggestion) implements Versioned {

    /**
     * An approved template.
     *
     * @param name the provider's: a name at Meta, a content SID at Twilio
     * @param confirmedName the provider's name, as in {@code name}, of the template that leaves instead to a patient who has
     *     confirmed already; null when the first one leaves to them as well
     * @param providerLanguage as Meta writes it, for example {@code es_AR}; null at Twilio
     * @param parameters fields of a text, in the order of the template's variables
     * @param answerButtons it has two quick-reply buttons, first yes, then no
     * @param version what to send in If-Match; without a mapping it is 0
     */
    @Schema(name = "LineTemplateMapping")
    record Mapping(
            String name,
            @Nullable String confirmedName,
            @Nullable String providerLanguage,
            List<String> parameters,
            boolean answerButtons,
            long version,
            Instant updatedAt) {}

    /**
     * The clinic's own text as a provider wants it.
     *
     * @param body with numbered variables
     * @param confirmedBody the text for a patient who has confirmed already, with the same variables and without Recado's
     *     question; null when no answer is asked for
     * @param parameters the fields that fill them, in their order
     * @param examples of each, which providers ask for
     * @param buttons what two quick-reply buttons may say, first yes, then no; empty when no answer is asked for
     */
    @Schema(name = "LineTemplateSuggestion")
    record Suggestion(
            String body,
            @Nullable String confirmedBody,
            List<String> parameters,
            List<String> examples,
            List<String> buttons) {}

    static Mapping of(LineTemplate template) {
        return new Mapping(
                template.name(),
                template.confirmedName(),
                template.providerLanguage(),
                template.parameters().stream().map(TemplateField::path).toList(),
                template.answerButtons(),
                template.version(),
                template.updatedAt());
    }

    @Override
    public long version() {
        return mapping == null ? 0 : mapping.version();
    }
}
