package app.recado.patients;

import app.recado.kernel.Phones;
import app.recado.kernel.SearchText;
import app.recado.patients.identifiers.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a patient can be found by: the beginnings of the words of their name, every ending of three digits or more of their
 * phone numbers and of identifiers in digits, identifiers with letters, tags, and what the clinic's own fields say that looks
 * like a number of a paper (a file number, never a date). A beginning is looked for as a whole, so
 * that patients come out of the index in the order of the register; longer words are compared with the whole name. What has
 * digits is the beginning of such an ending. Archived patients stand apart under a sign before each.
 */
final class SearchTokens {

    /** Letters of a beginning; more would only make the register larger. */
    static final int LONGEST_BEGINNING = 6;

    /** Before a tag, and before everything of an archived patient. Neither sign is part of a word. */
    static final String TAG = "#";

    static final String BEHIND_TAGS = "$";
    static final String ARCHIVED = "~";

    private static final int SHORTEST_ENDING = 3;
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /**
     * What is written with a digit and without blanks: {@code 12.345.678-K}, {@code 15-2345}, {@code HEGG560427MVZRRL04}. No
     * paper begins with five letters: that is a name, whatever follows.
     */
    private static final Pattern CODE = Pattern.compile("(?=.*\\d)(?!\\p{L}{5})[\\p{Alnum}.\\-/()+]+");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final int LONGEST_OWN_CODE = 40;

    private SearchTokens() {}

    /** What a word of a search is compared with. */
    enum Kind {
        NAME,
        CODE,
        TAG
    }

    /** A word of a search, in its normal form. */
    record Word(Kind kind, String text) {

        /** Whether it may be a piece of a phone number or of an identifier. */
        boolean isCode() {
            return kind == Kind.CODE;
        }

        /** The token of everybody whose name has a word that begins like this one, and, for long words, of some more; of a
         * tag, the tag's. */
        String token() {
            if (kind == Kind.TAG) {
                return TAG + text;
            }
            int end = Math.min(text.length(), LONGEST_BEGINNING);
            return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
        }

        /** Whether its token says less than it does. */
        boolean isLongerThanItsToken() {
            return kind == Kind.NAME && text.length() > LONGEST_BEGINNING;
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

    /** The beginnings of the words of a name. */
    static Set<String> beginnings(String sortName) {
        var tokens = new TreeSet<String>();
        for (var word : sortName.split(" ")) {
            for (int length = 1; length <= Math.min(word.length(), LONGEST_BEGINNING); length++) {
                if (!Character.isHighSurrogate(word.charAt(length - 1))) {
                    tokens.add(word.substring(0, length));
                }
            }
        }
        return tokens;
    }

    /** @param country the clinic's: numbers are also found as they are dialled there ({@code 011 15-2345-6789}) */
    static Set<String> of(String sortName, @Nullable String phone, String country) {
        var tokens = beginnings(sortName);
        if (phone != null) {
            addPhone(tokens, phone, country);
        }
        return tokens;
    }

    private static void addPhone(Set<String> tokens, String phone, String country) {
        addEndings(tokens, digits(phone));
        addEndings(tokens, digits(Phones.national(phone, country)));
    }

    /** The same with identifiers and tags, as it is stored for this patient. */
    static Set<String> of(Patient patient, String country) {
        var tokens = of(patient.sortName(), patient.phone(), patient.identifiers(), patient.tags(), country);
        patient.phones().others().forEach(one -> addPhone(tokens, one.e164(), country));
        patient.customFields()
                .texts()
                .filter(text -> text.length() <= LONGEST_OWN_CODE
                        && CODE.matcher(text).matches()
                        && !DATE.matcher(text).matches())
                .map(text -> text.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT))
                .forEach(code -> addCode(tokens, code));
        return patient.archivedAt() == null
                ? tokens
                : tokens.stream().map(token -> ARCHIVED + token).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same of a patient who is not archived. */
    static Set<String> of(
            String sortName, @Nullable String phone, List<Identifier> identifiers, List<String> tags, String country) {
        var tokens = of(sortName, phone, country);
        for (var identifier : identifiers) {
            var value = identifier.value().toLowerCase(Locale.ROOT);
            addCode(tokens, value);
            // Typed without dots it may look like a phone of the country, and then it is looked for as that.
            if (Phones.read(value, country) instanceof Phones.Phone typed && Phones.mayHaveWhatsApp(typed.e164())) {
                tokens.add(digits(typed.e164()));
            }
        }
        tags.forEach(tag -> tokens.add(TAG + tag));
        return tokens;
    }

    /**
     * The words of a search. A whole mobile number is one word, however it was typed, and so is anything with a digit that
     * is written without blanks; a number with blanks is looked for piece by piece.
     */
    static List<Word> wordsOf(String text, String country) {
        if (Phones.read(text, country) instanceof Phones.Phone phone && Phones.mayHaveWhatsApp(phone.e164())) {
            return List.of(new Word(Kind.CODE, digits(phone.e164())));
        }
        return Arrays.stream(text.strip().split("\\s+"))
                .flatMap(chunk -> CODE.matcher(chunk).matches() ? code(chunk, country) : names(chunk))
                .distinct()
                .toList();
    }

    private static Stream<Word> code(String chunk, String country) {
        var compact = chunk.startsWith("+") && Phones.read(chunk, country) instanceof Phones.Phone phone
                ? digits(phone.e164())
                : chunk.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
        return Stream.of(new Word(Kind.CODE, compact));
    }

    private static Stream<Word> names(String chunk) {
        return SearchText.words(chunk).stream()
                .map(word -> new Word(CODE.matcher(word).matches() ? Kind.CODE : Kind.NAME, word));
    }

    /** Digits are found by their endings, what has letters by its beginning. */
    private static void addCode(Set<String> tokens, String code) {
        if (DIGITS.matcher(code).matches()) {
            addEndings(tokens, code);
        } else if (!code.isEmpty()) {
            tokens.add(code);
        }
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
