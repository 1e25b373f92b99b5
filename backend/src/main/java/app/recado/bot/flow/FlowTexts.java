package app.recado.bot.flow;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The same in the languages of a flow. Fields in double braces are filled: {@code clinic.name}, {@code patient.givenName} and
 * {@code answer.NAME} for what a question asked.
 *
 * @param es Spanish; empty while nobody wrote it
 * @param en English; likewise
 * @param pt Brazilian Portuguese; likewise
 */
@Schema(name = "FlowTexts")
public record FlowTexts(
        @Schema(example = "¿En qué te ayudo?") @NotNull @Size(max = 4096) String es,

        @Schema(example = "How can I help?") @NotNull @Size(max = 4096) String en,

        @Schema(example = "Como posso ajudar?") @NotNull @Size(max = 4096) String pt) {

    /** Nothing is said. */
    public static final FlowTexts NONE = new FlowTexts("", "", "");

    /** Whether nobody wrote anything in any language. */
    boolean nothing() {
        return es.isBlank() && en.isBlank() && pt.isBlank();
    }

    /** Null while nobody wrote it in that language. */
    @Nullable String in(FlowLanguage language) {
        var text = switch (language) {
            case ES -> es;
            case EN -> en;
            case PT_BR -> pt;
        };
        return text.isBlank() ? null : text.strip();
    }
}
