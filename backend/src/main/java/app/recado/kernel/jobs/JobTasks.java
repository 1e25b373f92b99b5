package app.recado.kernel.jobs;

import app.recado.kernel.CurrentOrganization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes what modules do later or again known to the scheduler: a bean of type {@link Task} for each kind of job. Attempts are
 * counted and spaced; a job that keeps failing is given up and shown ({@link DeadJobs}).
 */
@Component
public class JobTasks {

    private static final Logger LOG = LoggerFactory.getLogger(JobTasks.class);

    private final DeadJobs dead;
    private final MeterRegistry metrics;
    private final Clock clock;

    JobTasks(DeadJobs dead, MeterRegistry metrics, Clock clock) {
        this.dead = dead;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** One turn of a job, bound to the organization whose record it is about; no transaction is open. */
    @FunctionalInterface
    public interface Work {
        /**
         * @param attempt 1 for the first one, one more after each failure
         * @throws RuntimeException when it failed and shall be tried again
         */
        JobResult turn(JobId job, int attempt);
    }

    /** Work of an organization's own that is done once, when {@link Jobs} was asked for it.
     *
     * @param name of the kind: lower case with dashes; stands in rows, so it never changes */
    public Task<Void> once(String name, Retries retries, Work work) {
        return Tasks.custom(name, Void.class)
                .onFailure((complete, operations) -> failed(name, retries, complete, operations))
                .execute((instance, context) -> {
                    var job = JobId.parse(instance.getId());
                    int attempt = context.getExecution().consecutiveFailures + 1;
                    var result = CurrentOrganization.get(job.organizationId(), () -> work.turn(job, attempt));
                    return switch (result) {
                        case JobResult.Done done -> {
                            count(name, "done");
                            yield new CompletionHandler.OnCompleteRemove<>();
                        }
                        case JobResult.Again(Duration in) -> {
                            count(name, "again");
                            yield (complete, operations) -> operations.reschedule(
                                    complete, clock.instant().plus(in));
                        }
                    };
                });
    }

    /** Work of the installation that is done over and over, by one process at a time.
     *
     * @param name of the kind: lower case with dashes; stands in rows, so it never changes
     * @param pause from its end to the next start */
    public Task<Void> recurring(String name, Duration pause, Runnable work) {
        return Tasks.recurring(name, FixedDelay.of(pause))
                .onFailure((complete, operations) -> {
                    count(name, "failed");
                    LOG.error("{} failed and is done again in {}: {}", name, pause, causeOf(complete));
                    operations.reschedule(complete, clock.instant().plus(pause));
                })
                .execute((instance, context) -> {
                    work.run();
                    count(name, "done");
                });
    }

    private void failed(
            String name, Retries retries, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        var job = JobId.parse(complete.getExecution().getId());
        int failures = complete.getExecution().consecutiveFailures + 1;
        var cause = causeOf(complete);
        if (failures < retries.attempts()) {
            count(name, "failed");
            LOG.warn("{} {} failed for the {}. time: {}", name, job.stored(), failures, cause);
            operations.reschedule(complete, clock.instant().plus(retries.pauseAfter(failures)));
            return;
        }
        dead.add(name, job, failures, cause);
        count(name, "dead");
        LOG.error("{} {} failed {} times and is given up: {}", name, job.stored(), failures, cause);
        operations.remove();
    }

    /** Not the exception's words: a database's complaint may quote a row, with a patient's number and words. */
    private static String causeOf(ExecutionComplete complete) {
        var cause = complete.getCause().orElse(null);
        if (cause instanceof JobFailed failed) {
            return String.valueOf(failed.getMessage());
        }
        return cause == null ? "unknown" : cause.getClass().getName();
    }

    private void count(String name, String outcome) {
        metrics.counter("recado.jobs", "job", name, "outcome", outcome).increment();
    }
}
