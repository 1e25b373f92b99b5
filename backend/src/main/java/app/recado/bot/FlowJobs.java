package app.recado.bot;

import app.recado.kernel.Failpoints;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.jobs.Retries;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** What flows do later: each job is one transaction. */
@Configuration(proxyBeanMethods = false)
class FlowJobs {

    /** Somebody waits for the answer: tried again soon, and left to a person after a few times. */
    private static final Retries TURNS = new Retries(20, Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final Retries CLOSINGS = new Retries(20, Duration.ofSeconds(10), Duration.ofMinutes(10));

    @Bean
    Task<Void> flowTurnTask(JobTasks tasks, FlowTurns turns, TransactionTemplate transaction) {
        return tasks.once(FlowTurns.TURN_JOB, TURNS, (job, attempt) -> {
            transaction.executeWithoutResult(status -> turns.turn(job.id(), attempt));
            Failpoints.reach("flow-turn-committed");
            return JobResult.done();
        });
    }

    @Bean
    Task<Void> flowCloseTask(JobTasks tasks, FlowClosing closing, TransactionTemplate transaction) {
        return tasks.once(
                FlowTurns.CLOSE_JOB,
                CLOSINGS,
                (job, attempt) -> Objects.requireNonNull(transaction.execute(status -> closing.close(job.id()))));
    }
}
