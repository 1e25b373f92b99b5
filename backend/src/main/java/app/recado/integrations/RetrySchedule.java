package app.recado.integrations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a receiver that did not take an event is told again: the pauses that the Standard Webhooks specification proposes,
 * three days in all, each a little longer by chance so that not everything comes back at once.
 */
final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** The longest that a receiver may ask to be left alone. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final double SCATTER = 0.1;

    private RetrySchedule() {}

    /**
     * The pause after so many attempts; empty when it is given up.
     *
     * @param attempts 1 after the first
     * @param asked what the receiver wants at least; null for nothing
     * @param chance between 0 and 1
     */
    static Optional<Duration> pauseAfter(int attempts, @Nullable Duration asked, double chance) {
        if (attempts > PAUSES.size()) {
            return Optional.empty();
        }
        var pause = PAUSES.get(attempts - 1);
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        }
        return Optional.of(pause.plusMillis((long) (pause.toMillis() * SCATTER * chance)));
    }
}
