package app.recado.patients;

import app.recado.kernel.Phones;
import app.recado.kernel.SearchText;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a patient can be found by: the beginnings of the words of their name, and every ending of their phone number of
 * three digits or more. A beginning is looked for as a whole, so that patients come out of the index in the order of the
 * register; longer words are compared with the whole name. A digit sequence is the beginning of an ending.
 */
final class SearchTokens {

    /** Letters of a beginning; more would only make the register larger. */
    static final int LONGEST_BEGINNING = 6;

    private static final int SHORTEST_ENDING = 3;

    private SearchTokens() {}

    /** A word of a search, in its normal form. */
    record Word(String text) {

        /** Whether it may be a piece of a phone number. */
        boolean isNumber() {
            return text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        /** The token of everybody whose name has a word that begins like this one, and, for long words, of some more. */
        String beginning() {
            int end = Math.min(text.length(), LONGEST_BEGINNING);
            return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
        }

        boolean isLongerThanItsBeginning() {
            return text.length() > LONGEST_BEGINNING;
        }

        /** The first text behind all that begin with this one, as the database's collation C orders them. */
        String after() {
            int last = text.length() - 1;
            return text.substring(0, last) + (char) (text.charAt(last) + 1);
        }
    }

    /** Families are listed together, people under their family name; one of the names is there. */
    static String sortName(@Nullable String familyName, @Nullable String givenName) {
        var name = Stream.of(familyName, givenName).filter(part -> part != null).collect(Collectors.joining(" "));
        return String.join(" ", SearchText.wordsOfName(name));
    }

    /** @param country the clinic's: numbers are also found as they are dialled there ({@code 011 15-2345-6789}) */
    static Set<String> of(String sortName, @Nullable String phone, String country) {
        var tokens = new TreeSet<String>();
        for (var word : sortName.split(" ")) {
            for (int length = 1; length <= Math.min(word.length(), LONGEST_BEGINNING); length++) {
                if (!Character.isHighSurrogate(word.charAt(length - 1))) {
                    tokens.add(word.substring(0, length));
                }
            }
        }
        if (phone != null) {
            addEndings(tokens, digits(phone));
            addEndings(tokens, digits(Phones.national(phone, country)));
        }
        return tokens;
    }

    /**
     * The words of a search. A whole mobile number is one word, however it was typed; anything else that consists of
     * digits is looked for piece by piece.
     */
    static List<Word> wordsOf(String text, String country) {
        if (Phones.read(text, country) instanceof Phones.Phone phone && Phones.mayHaveWhatsApp(phone.e164())) {
            return List.of(new Word(digits(phone.e164())));
        }
        return SearchText.words(text).stream().map(Word::new).toList();
    }

    private static void addEndings(Set<String> tokens, String digits) {
        for (int from = 0; from <= digits.length() - SHORTEST_ENDING; from++) {
            tokens.add(digits.substring(from));
        }
    }

    private static String digits(String phone) {
        return phone.replaceAll("\\D", "");
    }
}
