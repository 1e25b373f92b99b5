package app.recado.devstack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for another process, which can only be asked again. */
final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(150);

    private Waiting() {}

    /** False when it did not become true in time. A question that fails counts as not yet. */
    static boolean until(Duration atMost, BooleanSupplier question) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                if (question.getAsBoolean()) {
                    return true;
                }
            } catch (DevstackException notYet) {
                // the server asked is just being started again
            }
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * Asks again until somebody answers: for questions, and for what may be done twice without a difference.
     *
     * @throws DevstackException what the last attempt failed with when none was answered in time
     */
    static <T> T answer(Duration atMost, Supplier<T> question) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                return question.get();
            } catch (DevstackException nobodyAnswered) {
                if (System.nanoTime() > end) {
                    throw nobodyAnswered;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
