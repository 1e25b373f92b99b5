package app.recado.patients;

import app.recado.kernel.SearchText;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose a phone is, as files say it: what that person is to the patient, their name, or both ({@code madre Gabriela}).
 *
 * @param relationship null when no word of it says
 * @param name null when there is none
 */
record WrittenOwner(
        @Nullable Relationship relationship, @Nullable String name) {

    /** {@code 11 2345-6789 (madre Gabriela)}. A parenthesis with digits is part of the number. */
    static final Pattern PHONE_AND_OWNER = Pattern.compile("(.*\\d.*?)\\s*\\(([^()\\d]*)\\)");

    private static final WrittenOwner NOBODY = new WrittenOwner(null, null);

    private static final Map<String, Map<Relationship, String>> WORDS = Map.of(
            "es",
            Map.of(
                    Relationship.SELF, "propio",
                    Relationship.MOTHER, "madre",
                    Relationship.FATHER, "padre",
                    Relationship.GRANDPARENT, "abuelo",
                    Relationship.GUARDIAN, "tutor",
                    Relationship.SPOUSE, "pareja",
                    Relationship.CHILD, "hijo",
                    Relationship.SIBLING, "hermano",
                    Relationship.OTHER, "otro"),
            "en",
            Map.of(
                    Relationship.SELF, "own",
                    Relationship.MOTHER, "mother",
                    Relationship.FATHER, "father",
                    Relationship.GRANDPARENT, "grandparent",
                    Relationship.GUARDIAN, "guardian",
                    Relationship.SPOUSE, "partner",
                    Relationship.CHILD, "child",
                    Relationship.SIBLING, "sibling",
                    Relationship.OTHER, "other"),
            "pt-BR",
            Map.of(
                    Relationship.SELF, "próprio",
                    Relationship.MOTHER, "mãe",
                    Relationship.FATHER, "pai",
                    Relationship.GRANDPARENT, "avô",
                    Relationship.GUARDIAN, "responsável",
                    Relationship.SPOUSE, "companheiro",
                    Relationship.CHILD, "filho",
                    Relationship.SIBLING, "irmão",
                    Relationship.OTHER, "outro"));

    /** What else people write, in the normal form of a search. */
    private static final Map<String, Relationship> KNOWN = Map.ofEntries(
            Map.entry("propia", Relationship.SELF),
            Map.entry("paciente", Relationship.SELF),
            Map.entry("self", Relationship.SELF),
            Map.entry("patient", Relationship.SELF),
            Map.entry("mama", Relationship.MOTHER),
            Map.entry("mum", Relationship.MOTHER),
            Map.entry("mom", Relationship.MOTHER),
            Map.entry("papa", Relationship.FATHER),
            Map.entry("dad", Relationship.FATHER),
            Map.entry("abuela", Relationship.GRANDPARENT),
            Map.entry("avo", Relationship.GRANDPARENT),
            Map.entry("grandmother", Relationship.GRANDPARENT),
            Map.entry("grandfather", Relationship.GRANDPARENT),
            Map.entry("tutora", Relationship.GUARDIAN),
            Map.entry("esposo", Relationship.SPOUSE),
            Map.entry("esposa", Relationship.SPOUSE),
            Map.entry("marido", Relationship.SPOUSE),
            Map.entry("mujer", Relationship.SPOUSE),
            Map.entry("conyuge", Relationship.SPOUSE),
            Map.entry("companheira", Relationship.SPOUSE),
            Map.entry("spouse", Relationship.SPOUSE),
            Map.entry("husband", Relationship.SPOUSE),
            Map.entry("wife", Relationship.SPOUSE),
            Map.entry("hija", Relationship.CHILD),
            Map.entry("filha", Relationship.CHILD),
            Map.entry("son", Relationship.CHILD),
            Map.entry("daughter", Relationship.CHILD),
            Map.entry("hermana", Relationship.SIBLING),
            Map.entry("irma", Relationship.SIBLING),
            Map.entry("brother", Relationship.SIBLING),
            Map.entry("sister", Relationship.SIBLING),
            Map.entry("otra", Relationship.OTHER),
            Map.entry("outra", Relationship.OTHER));

    /** @param text null or blank for nobody */
    static WrittenOwner of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NOBODY;
        }
        var words = text.strip().split("\\s+", 2);
        var relationship = relationship(SearchText.normalise(words[0]));
        if (relationship == null) {
            return new WrittenOwner(null, text.strip());
        }
        return new WrittenOwner(relationship, words.length < 2 ? null : words[1]);
    }

    private static @Nullable Relationship relationship(String word) {
        for (var language : WORDS.values()) {
            for (var one : language.entrySet()) {
                if (SearchText.normalise(one.getValue()).equals(word)) {
                    return one.getKey();
                }
            }
        }
        return KNOWN.get(word);
    }

    /** As {@link #of} reads it again; empty for nobody. @param language es, en or pt-BR */
    static String spelled(@Nullable Relationship relationship, @Nullable String name, String language) {
        var word = relationship == null
                ? null
                : Objects.requireNonNull(WORDS.get(language)).get(relationship);
        return Stream.of(word, name).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }

    /** Of a person: never printed. */
    @Override
    public String toString() {
        return "WrittenOwner";
    }
}
