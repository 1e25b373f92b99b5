package app.recado.bot.flow;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The same in the languages of a flow. Fields in double braces are filled: {@code clinic.name}, {@code patient.givenName} and
 * {@code answer.NAME} for what a question asked.
 *
 * @param es Spanish; null or blank while nobody wrote it
 * @param en English; likewise
 * @param pt Brazilian Portuguese; likewise
 */
@Schema(name = "FlowTexts")
public record FlowTexts(
        @Schema(example = "¿En qué te ayudo?") @Nullable @Size(max = 4096) String es,

        @Schema(example = "How can I help?") @Nullable @Size(max = 4096) String en,

        @Schema(example = "Como posso ajudar?") @Nullable @Size(max = 4096) String pt) {

    /** Null while nobody wrote it in that language. */
    @Nullable String in(FlowLanguage language) {
        var text = switch (language) {
            case ES -> es;
            case EN -> en;
            case PT_BR -> pt;
        };
        return text == null || text.isBlank() ? null : text.strip();
    }
}
