package app.recado.conversations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The phrases that answers are made of, from {@code answers/phrases.txt}, where the notation is explained. */
final class AnswerPhrases {

    /** What a phrase does in an answer. */
    enum Part {
        NUMBER_YES,
        YES,
        LETTER_YES,
        ACCEPT,
        NUMBER_NO,
        NO,
        LETTER_NO,
        DECLINE,
        CANCEL,
        STOP,
        START,
        /** Says nothing, beside anything. */
        POLITE,
        /** Says nothing, except after a bare "no", which it may turn into a plea. */
        PLEASE,
        /** Pleased: beside a yes only. */
        GLAD,
        /** Sorry: beside a no only. */
        SORRY,
        /** Asks for pardon, for the answer or for an earlier one. */
        PARDON,
        /** Why not: beside a no only. */
        REASON;

        private String header() {
            return "[" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
        }

        private static Optional<Part> of(String header) {
            return Arrays.stream(values())
                    .filter(part -> part.header().equals(header))
                    .findFirst();
        }
    }

    private static final String FILE = "/answers/phrases.txt";
    private static final AnswerPhrases SHARED = new AnswerPhrases(lines());

    private final Map<List<String>, Part> parts = new HashMap<>();
    private int longest;

    private AnswerPhrases(List<String> lines) {
        Part part = null;
        for (var line : lines) {
            var header = Part.of(line);
            if (header.isPresent()) {
                part = header.get();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                add(line, Objects.requireNonNull(part));
            }
        }
    }

    static AnswerPhrases shared() {
        return SHARED;
    }

    /** The longest phrase that begins at a word; empty when none does. */
    Optional<Match> at(List<String> words, int from) {
        for (int to = Math.min(words.size(), from + longest); to > from; to--) {
            var part = parts.get(words.subList(from, to));
            if (part != null) {
                return Optional.of(new Match(part, to));
            }
        }
        return Optional.empty();
    }

    /** @param end the word after it */
    record Match(Part part, int end) {}

    private void add(String line, Part part) {
        var phrases = List.<List<String>>of(List.of());
        for (var group : line.split(" ")) {
            phrases = continued(phrases, group);
        }
        for (var phrase : phrases) {
            @Nullable Part before = phrase.isEmpty() ? part : parts.put(phrase, part);
            if (phrase.isEmpty() || before != null && before != part) {
                throw new IllegalStateException(line + " says nothing, or something else as well");
            }
            longest = Math.max(longest, phrase.size());
        }
    }

    private static List<List<String>> continued(List<List<String>> beginnings, String group) {
        boolean optional = group.startsWith("[");
        var choices = (optional ? group.substring(1, group.length() - 1) : group).split("\\|");
        var phrases = new ArrayList<List<String>>(optional ? beginnings : List.of());
        for (var beginning : beginnings) {
            for (var choice : choices) {
                var phrase = new ArrayList<>(beginning);
                phrase.addAll(AnswerWords.of(choice.replace('_', ' ')));
                phrases.add(List.copyOf(phrase));
            }
        }
        return phrases;
    }

    private static List<String> lines() {
        try (var file = Objects.requireNonNull(AnswerPhrases.class.getResourceAsStream(FILE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
