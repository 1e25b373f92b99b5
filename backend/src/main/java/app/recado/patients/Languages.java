package app.recado.patients;

import app.recado.kernel.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a patient speaks.
 *
 * @param preferred es, en or pt-BR: the language to write to them in
 * @param others codes of ISO 639 in small letters, for people who speak with them; without the preferred one
 */
record Languages(String preferred, List<String> others) {

    /** More are not asked for at a desk. */
    static final int MOST = 5;

    private static final Set<String> KNOWN = Set.of(Locale.getISOLanguages());

    /** Beside those of two letters: languages of signs and of the Americas. */
    private static final Set<String> THREE_LETTERS = Set.of(
            "aed", "arn", "bzs", "csg", "csn", "guc", "kek", "mam", "mfs", "nah", "quc", "tob", "tzh", "tzo", "wlv",
            "yua", "zap");

    Languages {
        others = List.copyOf(others);
    }

    /**
     * As somebody said them: in small letters, each once, without the preferred one.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a code that is no language
     */
    static Languages said(String preferred, List<String> others) {
        for (int i = 0; i < others.size(); i++) {
            if (!isKnown(normal(others.get(i)))) {
                throw Problem.INVALID_FIELDS.at("/otherLanguages/" + i, "unknown-value", "Not a language of ISO 639");
            }
        }
        return new Languages(
                preferred,
                others.stream()
                        .map(Languages::normal)
                        .filter(code -> !code.equals(preferred.substring(0, 2)))
                        .distinct()
                        .toList());
    }

    private static String normal(String code) {
        return code.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isKnown(String code) {
        return KNOWN.contains(code) || THREE_LETTERS.contains(code);
    }
}
