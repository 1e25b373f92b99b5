package app.recado.kernel.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before something that failed is tried again. */
public final class Backoff {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Backoff() {}

    /**
     * 2 s after the first failure, doubling up to five minutes; each between half and all of it, so that what failed
     * together is not tried again together.
     *
     * @param attempts how often it was tried in vain, from 1
     */
    public static Duration after(int attempts) {
        return after(attempts, LONGEST);
    }

    /** The same with another longest pause. */
    public static Duration after(int attempts, Duration longest) {
        long full = Math.min(longest.toMillis(), 1000L << Math.clamp(attempts, 1, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
