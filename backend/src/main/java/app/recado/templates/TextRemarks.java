package app.recado.templates;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at a text as WhatsApp would show it and says what may surprise whoever wrote it. It refuses nothing. */
public final class TextRemarks {

    /** Above it WhatsApp shows no buttons, and providers approve no template. */
    private static final int LONG = 1024;

    private static final int MANY_EMOJIS = 5;
    private static final int LETTERS_TO_SHOUT = 20;
    private static final String FORMATTING = "*_~";

    private TextRemarks() {}

    /**
     * Something worth a second look.
     *
     * @param code {@code too-long} above 1,024 characters, which fit no buttons and no approved template;
     *     {@code many-emojis} above five; {@code unclosed-formatting} for a sign of WhatsApp's that has no counterpart in its
     *     line and is shown as it is; {@code capitals} when it is written in capital letters
     * @param sign the sign without a counterpart; null otherwise
     */
    @Schema(name = "MessageTextRemark")
    public record Remark(
            @Schema(allowableValues = {"too-long", "many-emojis", "unclosed-formatting", "capitals"})
            String code,

            @Schema(example = "*") @Nullable String sign) {}

    /** @param words as they were written @param said with its fields filled */
    static List<Remark> of(String words, String said) {
        var remarks = new ArrayList<Remark>();
        if (said.length() > LONG) {
            remarks.add(new Remark("too-long", null));
        }
        if (emojis(words) > MANY_EMOJIS) {
            remarks.add(new Remark("many-emojis", null));
        }
        for (char sign : FORMATTING.toCharArray()) {
            if (words.lines().anyMatch(line -> isUnclosed(line, sign))) {
                remarks.add(new Remark("unclosed-formatting", String.valueOf(sign)));
            }
        }
        if (isShouted(words)) {
            remarks.add(new Remark("capitals", null));
        }
        return remarks;
    }

    /** How many pictures there are; one that is made of several counts once for each. */
    static int emojis(String text) {
        return (int) text.codePoints().filter(Character::isEmojiPresentation).count();
    }

    /** A sign opens where a word begins and closes where one ends; inside a word, as in an address, it is a letter. */
    private static boolean isUnclosed(String line, char sign) {
        boolean open = false;
        for (int at = 0; at < line.length(); at++) {
            if (line.charAt(at) != sign) {
                continue;
            }
            boolean wordBefore = at > 0 && Character.isLetterOrDigit(line.charAt(at - 1));
            boolean wordAfter = at + 1 < line.length() && Character.isLetterOrDigit(line.charAt(at + 1));
            if (!wordBefore || !wordAfter) {
                open = !open;
            }
        }
        return open;
    }

    private static boolean isShouted(String words) {
        long letters = words.codePoints().filter(Character::isLetter).count();
        long capitals = words.codePoints().filter(Character::isUpperCase).count();
        return letters >= LETTERS_TO_SHOUT && capitals * 10 > letters * 6;
    }
}
