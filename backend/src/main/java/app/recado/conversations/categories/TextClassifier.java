package app.recado.conversations.categories;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Multinomial logistic regression over hashed words, pairs of words and parts of words of three to five letters; the parts
 * let it read words that are misspelt, bent or of a neighbouring language. The same examples give the same model on every
 * machine: the order is of a fixed seed, and all of its arithmetic is strict. Read by many threads at once.
 */
public final class TextClassifier {

    private static final int BUCKETS = 1 << 16;
    private static final int EPOCHS = 60;
    private static final double RATE = 0.6;
    private static final double DECAY = 1e-5;
    private static final long SEED = 20261130;

    /** More of a message says nothing more about what it is about. */
    private static final int MOST_LETTERS = 600;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<String> labels;
    private final double[][] weights;

    private TextClassifier(List<String> labels, double[][] weights) {
        this.labels = labels;
        this.weights = weights;
    }

    /**
     * What the model takes a text for.
     *
     * @param probability of that label among all of them, 0 to 1
     */
    public record Guess(String label, double probability) {}

    /** @throws IllegalArgumentException for examples of fewer than two labels */
    public static TextClassifier train(Collection<LabelledText> examples) {
        var labels = List.copyOf(
                new TreeSet<>(examples.stream().map(LabelledText::label).toList()));
        if (labels.size() < 2) {
            throw new IllegalArgumentException("A model tells at least two labels apart");
        }
        var parts = examples.stream().map(one -> features(one.text())).toList();
        var truth =
                examples.stream().mapToInt(one -> labels.indexOf(one.label())).toArray();
        var model = new TextClassifier(labels, new double[labels.size()][BUCKETS]);
        var order = new ArrayList<Integer>(truth.length);
        for (int at = 0; at < truth.length; at++) {
            order.add(at);
        }
        var random = new Random(SEED);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Collections.shuffle(order, random);
            double rate = RATE / (1 + epoch * 0.1);
            for (int at : order) {
                model.learn(parts.get(at), truth[at], rate);
            }
        }
        return model;
    }

    private void learn(int[] features, int truth, double rate) {
        if (features.length == 0) {
            return;
        }
        var probabilities = probabilities(features);
        double scale = 1 / StrictMath.sqrt(features.length);
        for (int label = 0; label < probabilities.length; label++) {
            double error = (label == truth ? 1 : 0) - probabilities[label];
            var row = weights[label];
            for (int feature : features) {
                row[feature] += rate * (error * scale - DECAY * row[feature]);
            }
        }
    }

    private double[] probabilities(int[] features) {
        double scale = 1 / StrictMath.sqrt(Math.max(1, features.length));
        var scores = new double[labels.size()];
        double most = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < scores.length; label++) {
            double sum = 0;
            for (int feature : features) {
                sum += weights[label][feature];
            }
            scores[label] = sum * scale;
            most = Math.max(most, scores[label]);
        }
        double total = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = StrictMath.exp(scores[label] - most);
            total += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= total;
        }
        return scores;
    }

    /** The labels it tells apart, in alphabetical order. */
    public List<String> labels() {
        return labels;
    }

    /** What a text is about, if that is at least so likely.
     *
     * @param threshold 0 to 1; below it the model abstains */
    public Optional<Guess> classify(String text, double threshold) {
        var features = features(text);
        if (features.length == 0) {
            return Optional.empty();
        }
        var probabilities = probabilities(features);
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            if (probabilities[label] > probabilities[best]) {
                best = label;
            }
        }
        return probabilities[best] < threshold
                ? Optional.empty()
                : Optional.of(new Guess(labels.get(best), probabilities[best]));
    }

    private static int[] features(String text) {
        var begin = text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) : text;
        var plain = MARKS.matcher(Normalizer.normalize(begin.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
                .replaceAll("");
        var words = Arrays.stream(BETWEEN.split(plain))
                .filter(word -> !word.isEmpty())
                .toList();
        var found = new LinkedHashSet<Integer>();
        String before = null;
        for (var word : words) {
            found.add(bucket("w:" + word));
            if (before != null) {
                found.add(bucket("b:" + before + " " + word));
            }
            before = word;
            var bounded = "<" + word + ">";
            for (int length = 3; length <= 5; length++) {
                for (int at = 0; at + length <= bounded.length(); at++) {
                    found.add(bucket("p:" + bounded.substring(at, at + length)));
                }
            }
        }
        return found.stream().mapToInt(Objects::requireNonNull).toArray();
    }

    /** FNV-1a of 32 bits, folded. */
    private static int bucket(String feature) {
        int hash = 0x811c9dc5;
        for (int at = 0; at < feature.length(); at++) {
            hash = (hash ^ feature.charAt(at)) * 0x01000193;
        }
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }
}
