package app.recado.kernel.jobs;

import java.time.Duration;

/**
 * How a job that fails is tried again.
 *
 * @param attempts how often it is tried in all; afterwards it is dead until a person has it done again
 * @param firstPause after the first failure; doubles with each
 * @param longestPause up to which pauses grow
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause) {

    /** The pause after so many failures in a row. */
    Duration pauseAfter(int failures) {
        long factor = 1L << Math.min(Math.max(failures - 1, 0), 30);
        var seconds = Math.min(longestPause.toSeconds(), firstPause.toSeconds() * factor);
        return Duration.ofSeconds(seconds);
    }
}
