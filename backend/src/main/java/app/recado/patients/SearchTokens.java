package app.recado.patients;

import app.recado.kernel.Phones;
import app.recado.kernel.SearchText;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a patient can be found by: the words of their name, and every ending of their phone number of three digits or
 * more. A search word is a prefix of a token, so a digit sequence from anywhere in the number finds it.
 */
final class SearchTokens {

    private static final int SHORTEST_ENDING = 3;

    private SearchTokens() {}

    /** @param country the clinic's: numbers are also found as they are dialled there ({@code 011 15-2345-6789}) */
    static Set<String> of(Patient patient, String country) {
        var tokens = new TreeSet<>(SearchText.words(patient.givenName() + " " + patient.familyName()));
        var phone = patient.phone();
        if (phone != null) {
            addEndings(tokens, digits(phone));
            addEndings(tokens, digits(Phones.national(phone, country)));
        }
        return tokens;
    }

    /**
     * The words of a search. A whole mobile number is one word, however it was typed; anything else that consists of
     * digits is looked for piece by piece, because {@code 11 2345-6789} is how an Argentine mobile is spoken of and would
     * be understood as a land line.
     */
    static List<String> wordsOf(String text, String country) {
        if (text.chars().noneMatch(Character::isLetter)) {
            var phone = Phones.parse(text, country).filter(Phones::mayHaveWhatsApp);
            if (phone.isPresent()) {
                return List.of(digits(phone.get()));
            }
        }
        return SearchText.words(text);
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
