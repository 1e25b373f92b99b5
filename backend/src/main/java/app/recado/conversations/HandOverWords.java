package app.recado.conversations;

import app.recado.kernel.SearchText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether somebody asks for a person, in Spanish, Portuguese and English. A missed one waits like any other message; a
 * wrong one calls somebody who looks and goes on.
 */
final class HandOverWords {

    /** A short message that is nothing else, or says whom it wants to talk to. Without accents, as words are compared. */
    private static final List<Pattern> ASKS = List.of(
            Pattern.compile(
                    "(quiero|quisiera|necesito|puedo|podria|prefiero|me gustaria|quero|preciso|gostaria de|i want|i need|can i|could i"
                            + "|i would like)( to)? (hablar|falar|talk|speak|chatear|comunicarme|conversar) (con|com|to|with) .*"
                            + "(persona|humano|humana|alguien|recepcion|secretaria|operador|operadora|asesor|asesora|pessoa|alguem|atendente"
                            + "|recepcao|person|human|someone|somebody|agent|operator|receptionist)s?\\b.*"),
            Pattern.compile(
                    "(hablar|falar|talk|speak|comunicarme) (con|com|to|with) (una |un |la |uma |um |a |an |the |alguna )?"
                            + "(persona|humano|alguien|recepcion|secretaria|operador|operadora|asesor|pessoa|alguem|atendente|recepcao|person"
                            + "|human|someone|somebody|agent|operator|receptionist)( por favor| please)?"),
            Pattern.compile(
                    "(una |uma |a )?(persona|humano|operador|operadora|asesor|asesora|atendente|pessoa|human|agent|operator)"
                            + "( real)?( por favor| please)?"));

    private HandOverWords() {}

    static boolean asks(@Nullable String text) {
        if (text == null || text.length() > 200) {
            return false;
        }
        var words = SearchText.normalise(text);
        return ASKS.stream().anyMatch(pattern -> pattern.matcher(words).matches());
    }
}
