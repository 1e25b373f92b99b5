package app.recado.conversations;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a message apart into words to compare: lower case, without accents and apostrophes, stretched letters as one. A
 * sign or emoji is a word of its own, so that nothing is overlooked; only punctuation that separates words says nothing.
 * Question marks stay.
 */
final class AnswerWords {

    /** Separates, and says nothing. Not "+", "~" (struck out), "?" or "%", which change what they stand beside. */
    private static final String SEPARATORS = ".,;:!¡-‐‑–—_*()[]{}\"“”„«»/|…•·\\";

    private static final String APOSTROPHES = "'’`´‘";

    private static final int FIRST_SKIN_TONE = 0x1F3FB;
    private static final int LAST_SKIN_TONE = 0x1F3FF;

    private AnswerWords() {}

    static List<String> of(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        // Apostrophes first: compatibility decomposition turns some of them into a blank and an accent.
        var bare = text.codePoints()
                .filter(point -> APOSTROPHES.indexOf(point) < 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        Normalizer.normalize(bare, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(point -> !isUnseen(point))
                .forEach(point -> {
                    if (Character.isDigit(point)) {
                        word.append(Character.digit(point, 10));
                    } else if (Character.isLetter(point)) {
                        if (word.isEmpty() || word.codePointBefore(word.length()) != point) {
                            word.appendCodePoint(point);
                        }
                    } else {
                        finish(word, words);
                        if (!Character.isWhitespace(point)
                                && !Character.isSpaceChar(point)
                                && SEPARATORS.indexOf(point) < 0) {
                            words.add(point == '¿' ? "?" : Character.toString(point));
                        }
                    }
                });
        finish(word, words);
        return List.copyOf(words);
    }

    private static void finish(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** Accents, key caps, variants of emoji, joiners and marks of direction. */
    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT -> true;
            default -> point >= FIRST_SKIN_TONE && point <= LAST_SKIN_TONE;
        };
    }
}
