package app.recado.kernel;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The one normal form in which names are stored for searching and in which searches are asked. */
public final class SearchText {

    private SearchText() {}

    /** Lower case without accents, words separated by one space: {@code "  Núñez,  José"} becomes {@code "nunez jose"}. */
    public static String normalise(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        return plain.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** The normalised words of a text, without repetitions, in their order. */
    public static List<String> words(String text) {
        var normal = normalise(text);
        return normal.isEmpty()
                ? List.of()
                : Arrays.stream(normal.split(" ")).distinct().toList();
    }
}
