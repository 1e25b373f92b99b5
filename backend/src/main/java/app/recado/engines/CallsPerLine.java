package app.recado.engines;

import app.recado.kernel.jobs.JobResult;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets this process make only a few calls of a kind for one line at a time: a provider that does not answer then neither
 * uses up all connections nor holds up the jobs of other lines.
 */
public final class CallsPerLine {

    private static final Duration BUSY = Duration.ofSeconds(5);

    private final int most;
    private final ConcurrentMap<UUID, Semaphore> places = new ConcurrentHashMap<>();

    public CallsPerLine(int most) {
        this.most = most;
    }

    /** Does the work, or has the job come again a little later when the line makes as many calls as it may. */
    public JobResult orLater(UUID lineId, Supplier<JobResult> work) {
        var place = places.computeIfAbsent(lineId, line -> new Semaphore(most));
        if (!place.tryAcquire()) {
            return JobResult.again(BUSY);
        }
        try {
            return work.get();
        } finally {
            place.release();
        }
    }
}
