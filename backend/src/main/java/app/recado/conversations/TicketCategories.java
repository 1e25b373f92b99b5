package app.recado.conversations;

import app.recado.conversations.categories.LabelledText;
import app.recado.conversations.categories.TextClassifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a message is about: a clinic's own rules first, then the model, which says nothing when it is not sure. */
@Component
class TicketCategories {

    /** Below it the model abstains; TextClassifierTest prints what that costs and saves. */
    static final double THRESHOLD = 0.5;

    private static final String EXAMPLES = "/categories/examples.tsv";

    /** Trained at the first question, in well under a second. */
    private @Nullable TextClassifier model;

    /** A category and who said so. */
    record Found(TicketCategory category, TicketCategory.By by) {}

    /** Empty when neither a rule nor the model knows. */
    Optional<Found> of(String text, List<TicketSettings.Rule> rules) {
        var words = new HashSet<>(AnswerWords.of(text));
        for (var rule : rules) {
            var wanted = AnswerWords.of(rule.words());
            if (!wanted.isEmpty() && words.containsAll(wanted)) {
                return Optional.of(new Found(rule.category(), TicketCategory.By.RULE));
            }
        }
        return model().classify(text, THRESHOLD)
                .map(guess -> new Found(TicketCategory.of(guess.label()), TicketCategory.By.MODEL));
    }

    private synchronized TextClassifier model() {
        var known = model;
        if (known == null) {
            known = trained();
            model = known;
        }
        return known;
    }

    static TextClassifier trained() {
        try (var examples = Objects.requireNonNull(TicketCategories.class.getResourceAsStream(EXAMPLES))) {
            return TextClassifier.train(LabelledText.read(examples));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
