package app.recado.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.conversations.Understanding.Meaning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the reading of answers against what people really write. */
class AnswerTableTest {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerTableTest.class);
    private static final double MOST_MISSED = 0.10;

    private static final Map<String, Meaning> VALUES = Map.of(
            "accept", Meaning.ACCEPT,
            "decline", Meaning.DECLINE,
            "opt-out", Meaning.STOP,
            "opt-in", Meaning.START,
            "person", Meaning.NOT_UNDERSTOOD);

    record Row(String place, Meaning right, String text) {}

    @Test
    void the_table_holds_at_least_three_hundred_answers_of_every_country_and_value() throws IOException {
        var rows = rows("answers.txt");

        assertThat(rows).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
        for (var place : List.of("es-AR", "es-CO", "es-MX", "es-CL", "es-ES", "pt-BR", "en-US")) {
            assertThat(rows.stream().filter(row -> row.place().equals(place)).map(Row::right))
                    .as(place)
                    .contains(Meaning.values());
        }
    }

    /** The second file was written after the reader was finished, and nothing was added to the reader for it. */
    @ParameterizedTest
    @ValueSource(strings = {"answers.txt", "held-out.txt"})
    void no_answer_is_taken_for_another_and_few_are_missed(String file) throws IOException {
        var wrong = new ArrayList<String>();
        var missed = new ArrayList<String>();
        int acting = 0;
        for (var row : rows(file)) {
            acting += row.right() == Meaning.NOT_UNDERSTOOD ? 0 : 1;
            var read = Understanding.of(row.text());
            if (read != row.right()) {
                (read == Meaning.NOT_UNDERSTOOD ? missed : wrong).add(row + " was read as " + read);
            }
        }

        LOG.info("{}: {} of {} answers missed: {}", file, missed.size(), acting, missed);
        assertThat(wrong).isEmpty();
        assertThat(missed.size() / (double) acting).as("missed: " + missed).isLessThan(MOST_MISSED);
    }

    private static List<Row> rows(String file) throws IOException {
        try (var stream = Objects.requireNonNull(AnswerTableTest.class.getResourceAsStream("/answers/" + file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .map(columns -> new Row(
                            columns[0],
                            Objects.requireNonNull(VALUES.get(columns[1]), columns[1]),
                            columns[2].replace("\\n", "\n")))
                    .toList();
        }
    }
}
