package app.recado.bot.flow;

import app.recado.kernel.SearchText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote or tapped. Their words are compared, never carried out.
 *
 * @param text null for things without words
 * @param choiceId the id of the button that was tapped; null for none
 * @param media what holds a picture or file that was sent; null for none
 */
public record FlowInput(
        @Nullable String text,
        @Nullable String choiceId,
        @Nullable String media) {

    public static FlowInput words(String text) {
        return new FlowInput(text, null, null);
    }

    /** As words are compared: lower case, without accents and signs. */
    String normalised() {
        return normalised(Objects.requireNonNullElse(text, ""));
    }

    static String normalised(String words) {
        return SearchText.normalise(words);
    }

    @Override
    public String toString() {
        return "FlowInput";
    }
}
