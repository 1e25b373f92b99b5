package app.recado.conversations.categories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the model of categories makes of texts that it was not trained from. Prints the figures that it is held to. */
class TextClassifierTest {

    /** As the tickets use it. */
    private static final double THRESHOLD = 0.5;

    private static final List<LabelledText> EXAMPLES = read("/categories/examples.tsv");
    private static final List<LabelledText> HELD_OUT = read("/categories/held-out.tsv");
    private static final TextClassifier MODEL = TextClassifier.train(EXAMPLES);

    private static List<LabelledText> read(String file) {
        return LabelledText.read(Objects.requireNonNull(TextClassifierTest.class.getResourceAsStream(file)));
    }

    private static String outcome(LabelledText one) {
        return MODEL.classify(one.text(), THRESHOLD)
                .map(guess -> guess.label().equals(one.label()) ? "right" : "wrong")
                .orElse("abstained");
    }

    @Test
    void of_what_it_answers_nearly_all_is_right_in_each_language() {
        var about = HELD_OUT.stream().filter(one -> !one.label().equals("-")).toList();
        Map<String, Map<String, Long>> figures = about.stream()
                .collect(Collectors.groupingBy(
                        LabelledText::language,
                        TreeMap::new,
                        Collectors.groupingBy(TextClassifierTest::outcome, TreeMap::new, Collectors.counting())));
        System.out.println("Categories, held-out: " + figures);

        for (var language : figures.values()) {
            long right = language.getOrDefault("right", 0L);
            long wrong = language.getOrDefault("wrong", 0L);
            assertThat(right).as("right of what it answers").isGreaterThanOrEqualTo(9 * wrong);
            assertThat(right)
                    .as("answered at all")
                    .isGreaterThanOrEqualTo(language.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            / 2);
        }
    }

    @Test
    void of_what_is_about_nothing_it_says_nothing() {
        assertThat(HELD_OUT.stream().filter(one -> one.label().equals("-")))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(MODEL.classify(one.text(), THRESHOLD))
                        .as(one.text())
                        .isEmpty());
        assertThat(MODEL.classify("", 0)).isEmpty();
    }

    @Test
    void nothing_that_it_is_measured_by_was_learnt() {
        var learnt = new HashSet<>(EXAMPLES.stream().map(LabelledText::text).toList());
        assertThat(HELD_OUT).noneMatch(one -> learnt.contains(one.text()));
    }

    @Test
    void the_same_examples_give_the_same_model() {
        var again = TextClassifier.train(EXAMPLES);
        for (var one : HELD_OUT) {
            assertThat(again.classify(one.text(), 0)).isEqualTo(MODEL.classify(one.text(), 0));
        }
    }

    @Test
    void a_line_without_three_parts_is_named() {
        var broken = new ByteArrayInputStream("# head\npayment\tes\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> LabelledText.read(broken)).hasMessageContaining("Line 2");
    }
}
