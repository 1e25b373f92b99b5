package app.recado.sdk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How requests are sent again that were not answered, or not yet.
 *
 * @param attempts how often one is sent at most, the first time included; 1 repeats nothing
 * @param longestPause an answer that asks for a longer one is handed on
 * @param sleeper waits
 * @param random from 0 to less than 1, for pauses that differ from one program to the next
 */
public record Repetition(int attempts, Duration longestPause, Sleeper sleeper, DoubleSupplier random) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    /** Waits. For tests. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration pause) throws InterruptedException;
    }

    public Repetition {
        if (attempts < 1) {
            throw new IllegalArgumentException("A request is sent once at least");
        }
    }

    /** Five times, with pauses of up to a minute. */
    public static Repetition standard() {
        return new Repetition(
                5,
                Duration.ofMinutes(1),
                pause -> Thread.sleep(pause.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Twice as long each time, and anything from half of it on, so that programs that failed together do not come back together. */
    Duration backoff(int attempt) {
        long longest = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 10));
        return Duration.ofMillis(longest / 2 + (long) (longest / 2.0 * random.getAsDouble()));
    }
}
