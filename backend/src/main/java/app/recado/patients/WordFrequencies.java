package app.recado.patients;

import app.recado.patients.PatientRecords.Place;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How frequent the words of a search are, which decides what is walked.
 *
 * @param words in the order of the search
 * @param begin the place in the register before which some word of a name has nobody; null when there is no such word
 */
record WordFrequencies(List<Frequency> words, @Nullable Place begin) {

    /** Of a single word, which is walked whatever its frequency. */
    static final WordFrequencies UNKNOWN = new WordFrequencies(List.of(), null);

    /** Rows that are cheap to read and sort for one page; a third of a millisecond. */
    static final int FEW = 3_000;

    /** Rows that are read of each word of a name. Two words with more are compared by how far these reach in the register. */
    static final int SAMPLE = 500;

    /**
     * Of one word.
     *
     * @param rows that have it, from {@link #begin} on for a word of a name; {@link #FEW} for any more than were counted
     * @param reached the place in the register of the last one that was counted; null for digits, which do not follow it
     */
    record Frequency(int rows, @Nullable String reached) {}

    /** The word that the fewest have; of two frequent ones the one whose patients are further apart in the register. */
    int rarest() {
        return IntStream.range(0, words.size())
                .boxed()
                .min((one, other) -> rarer(words.get(one), words.get(other)))
                .orElse(0);
    }

    private static int rarer(Frequency one, Frequency other) {
        var reached = one.reached();
        var othersReached = other.reached();
        if (one.rows() != other.rows() || reached == null && othersReached == null) {
            return Integer.compare(one.rows(), other.rows());
        }
        if (reached == null || othersReached == null) {
            return reached == null ? 1 : -1;
        }
        return othersReached.compareTo(reached);
    }

    boolean isFew(int word) {
        return words.get(word).rows() < FEW;
    }
}
