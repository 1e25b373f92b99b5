package app.recado.kernel;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one normal form in which names are stored for searching and in which searches are asked. */
public final class SearchText {

    /** Also those that people type for one; inside a word they join its parts. */
    private static final Pattern APOSTROPHES = Pattern.compile("['’‘ʼ‛`´′＇ʹʻ]");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SearchText() {}

    /**
     * Lower case without accents, words separated by one space: {@code "  Núñez,  José"} becomes {@code "nunez jose"}.
     * Letters of other alphabets' own are written as people without them on the keyboard do ({@code ł} as {@code l},
     * {@code ß} as {@code ss}), and {@code D'Angelo} is one word.
     */
    public static String normalise(String text) {
        return folded(APOSTROPHES.matcher(text).replaceAll(""));
    }

    private static String folded(String text) {
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        var folded = new StringBuilder(plain.length());
        plain.toLowerCase(Locale.ROOT).codePoints().forEach(c -> fold(c, folded));
        return NO_WORD.matcher(folded).replaceAll(" ").strip();
    }

    /** Letters that have no decomposition in Unicode. */
    private static void fold(int c, StringBuilder to) {
        switch (c) {
            case 'ł' -> to.append('l');
            case 'ø' -> to.append('o');
            case 'đ', 'ð' -> to.append('d');
            case 'ħ' -> to.append('h');
            case 'ı' -> to.append('i');
            case 'ŧ' -> to.append('t');
            case 'ŋ' -> to.append('n');
            case 'ß' -> to.append("ss");
            case 'æ' -> to.append("ae");
            case 'œ' -> to.append("oe");
            case 'þ' -> to.append("th");
            default -> to.appendCodePoint(c);
        }
    }

    /** The normalised words of a text, without repetitions, in their order. */
    public static List<String> words(String text) {
        return split(normalise(text));
    }

    /**
     * All words under which a name is found, in their order; first those of its normal form, then the parts that an
     * apostrophe joins ({@code angelo} of {@code D'Angelo}).
     */
    public static List<String> wordsOfName(String name) {
        var all = new LinkedHashSet<>(words(name));
        if (APOSTROPHES.matcher(name).find()) {
            all.addAll(split(folded(APOSTROPHES.matcher(name).replaceAll(" "))));
        }
        return List.copyOf(all);
    }

    private static List<String> split(String normal) {
        return normal.isEmpty()
                ? List.of()
                : Arrays.stream(normal.split(" ")).distinct().toList();
    }
}
