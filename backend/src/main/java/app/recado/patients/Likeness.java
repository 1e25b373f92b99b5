package app.recado.patients;

import app.recado.patients.identifiers.Identifier;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How likely two cards describe one person. An identifier is proof; a phone is shared by families, and a name by strangers,
 * so each alone is only a hint.
 *
 * @param score 0 to 100; 100 is proof
 * @param alike what the two have in common
 */
record Likeness(int score, List<Trait> alike) {

    /** From here on it is worth a look. */
    static final int LEAST_SCORE = 50;

    /** Names that are as alike as Núñes and Núñez. */
    private static final double ALIKE = 0.7;

    /** Two birth dates that differ are a slip of a pen, or two people. */
    private static final int OTHER_BIRTH_DATE = -20;

    /** What two patients have in common. */
    enum Trait {
        @JsonProperty("identifier")
        IDENTIFIER,
        @JsonProperty("phone")
        PHONE,
        @JsonProperty("name")
        NAME,
        @JsonProperty("birth-date")
        BIRTH_DATE
    }

    /**
     * What of a card is compared.
     *
     * @param sortName as {@link SearchTokens#sortName}
     * @param phones in E.164, all of them
     */
    record Card(
            String sortName, List<String> phones, @Nullable LocalDate birthDate, List<Identifier> identifiers) {

        /** Of a person: never printed. */
        @Override
        public String toString() {
            return "Card";
        }
    }

    static Likeness of(Card one, Card other) {
        var alike = EnumSet.noneOf(Trait.class);
        boolean otherIdentifier = false;
        for (var ours : one.identifiers()) {
            for (var theirs : other.identifiers()) {
                if (ours.kind() == theirs.kind()) {
                    if (ours.value().equals(theirs.value())) {
                        alike.add(Trait.IDENTIFIER);
                    } else {
                        otherIdentifier = true;
                    }
                }
            }
        }
        if (one.phones().stream().anyMatch(other.phones()::contains)) {
            alike.add(Trait.PHONE);
        }
        boolean otherDate = false;
        if (one.birthDate() instanceof LocalDate ours && other.birthDate() instanceof LocalDate theirs) {
            otherDate = !ours.equals(theirs);
            if (!otherDate) {
                alike.add(Trait.BIRTH_DATE);
            }
        }
        double names = names(one.sortName(), other.sortName());
        if (names >= ALIKE) {
            alike.add(Trait.NAME);
        }
        return new Likeness(score(alike, names, otherIdentifier, otherDate), List.copyOf(alike));
    }

    private static int score(Set<Trait> alike, double names, boolean otherIdentifier, boolean otherDate) {
        if (alike.contains(Trait.IDENTIFIER)) {
            return 100;
        }
        if (otherIdentifier || !alike.contains(Trait.NAME)) {
            return 0;
        }
        int birth = alike.contains(Trait.BIRTH_DATE) ? 20 : otherDate ? OTHER_BIRTH_DATE : 0;
        return (int) Math.round(names * 50) + (alike.contains(Trait.PHONE) ? 25 : 0) + birth;
    }

    /** From 0 to 1: how many pairs of neighbouring letters two names have in common (Sørensen and Dice), word order apart. */
    static double names(String one, String other) {
        var pairs = pairs(one);
        var others = pairs(other);
        int all = pairs.size() + others.size();
        pairs.retainAll(others);
        return all == 0 ? 0 : 2.0 * pairs.size() / all;
    }

    private static Set<String> pairs(String name) {
        var pairs = new HashSet<String>();
        for (var word : name.split(" ")) {
            var edged = " " + word + " ";
            for (int i = 0; i + 2 <= edged.length() && !word.isEmpty(); i++) {
                pairs.add(edged.substring(i, i + 2));
            }
        }
        return pairs;
    }
}
