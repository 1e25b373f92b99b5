package app.recado.devstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Starts parts again that end by themselves, each for itself and as often as it takes: what one part cannot do is no
 * reason to take the others away. Pauses double from a second to a minute, and are short again for a part that has
 * lasted for five minutes.
 */
final class Supervisor {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration STEADY = Duration.ofMinutes(5);

    /** One part that runs, as far as this class needs to know it. */
    interface Part {
        String name();

        /** Waits until the process that runs now has ended. @return how, and where to read more */
        String awaitEnd();

        /**
         * Starts it again.
         *
         * @throws DevstackException when it does not start
         */
        void restart();

        static Part of(RestartableServer server) {
            return new Part() {
                @Override
                public String name() {
                    return server.name();
                }

                @Override
                public String awaitEnd() {
                    var child = server.child();
                    child.process().onExit().join();
                    return "code %d, see %s".formatted(child.process().exitValue(), child.log());
                }

                @Override
                public void restart() {
                    server.restart();
                }
            };
        }
    }

    private final PrintStream out;
    private final BooleanSupplier stopping;
    private final Consumer<Boolean> complete;
    private final Consumer<Duration> pause;
    private final LongSupplier nanoTime;
    private final Set<String> down = ConcurrentHashMap.newKeySet();

    /**
     * @param stopping whether everything is being stopped on purpose
     * @param complete told false when a part is missing, and true when all run again
     */
    Supervisor(PrintStream out, BooleanSupplier stopping, Consumer<Boolean> complete) {
        this(out, stopping, complete, duration -> LockSupport.parkNanos(duration.toNanos()), System::nanoTime);
    }

    Supervisor(
            PrintStream out,
            BooleanSupplier stopping,
            Consumer<Boolean> complete,
            Consumer<Duration> pause,
            LongSupplier nanoTime) {
        this.out = out;
        this.stopping = stopping;
        this.complete = complete;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** Stays with one part until everything is stopped. */
    void keep(Part part) {
        var next = FIRST_PAUSE;
        while (true) {
            var began = nanoTime.getAsLong();
            var how = part.awaitEnd();
            if (stopping.getAsBoolean()) {
                return;
            }
            if (nanoTime.getAsLong() - began >= STEADY.toNanos()) {
                next = FIRST_PAUSE;
            }
            missing(part);
            out.printf("%s ended unexpectedly (%s)%n", part.name(), how);
            var running = false;
            while (!running) {
                pause.accept(next);
                next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
                if (stopping.getAsBoolean()) {
                    return;
                }
                running = restarted(part, next);
            }
            out.println(part.name() + " runs again");
            back(part);
        }
    }

    private boolean restarted(Part part, Duration next) {
        try {
            part.restart();
            return true;
        } catch (DevstackException e) {
            out.printf("%s%nAnother attempt in %d s.%n", e.getMessage(), next.toSeconds());
            return false;
        }
    }

    private synchronized void missing(Part part) {
        down.add(part.name());
        complete.accept(false);
    }

    private synchronized void back(Part part) {
        down.remove(part.name());
        if (down.isEmpty()) {
            complete.accept(true);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
