package app.recado.kernel.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has things done later. What is scheduled inside a transaction is part of it. Every process may ask; those with
 * {@code recado.housekeeping} on do the work.
 */
@Component
public class Jobs {

    private static final int MOST_TRIES = 5;

    /** The scheduler knows all jobs, and some of them ask for others. */
    private final ObjectProvider<Scheduler> scheduler;

    Jobs(ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    /** Has a job done at that time. Nothing changes when the same job waits already or is under way.
     *
     * @param name of the job's kind */
    public void schedule(String name, JobId id, Instant at) {
        scheduler
                .getObject()
                .schedule(
                        new TaskInstance<>(name, id.stored()),
                        at,
                        ScheduleOptions.defaultOptions().whenExistsDoNothing());
        lookAfterCommit();
    }

    /**
     * Has a job done at that time, whenever it was to be done before. Nothing changes while it is under way.
     *
     * @return false when it is under way
     */
    public boolean reschedule(String name, JobId id, Instant at) {
        for (int tried = 1; ; tried++) {
            try {
                scheduler
                        .getObject()
                        .schedule(
                                new TaskInstance<>(name, id.stored()),
                                at,
                                ScheduleOptions.defaultOptions().whenExistsReschedule());
                break;
            } catch (TaskInstanceCurrentlyExecutingException e) {
                return false;
            } catch (DbSchedulerException e) {
                // It was taken, put off or done between the scheduler's look and its change, which found nothing then.
                if (tried == MOST_TRIES) {
                    throw e;
                }
            }
        }
        lookAfterCommit();
        return true;
    }

    /** Leaves what is due to other processes for a while. What is under way here goes on. */
    public void leaveToOthers(Duration pause) {
        var here = scheduler.getObject();
        if (!here.getSchedulerState().isStarted() || here.getSchedulerState().isPaused()) {
            return;
        }
        here.pause();
        Thread.ofVirtual().name("jobs-resume").start(() -> {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                here.resume();
            }
        });
    }

    private void lookAfterCommit() {
        var here = scheduler.getObject();
        if (here.getSchedulerState().isStarted() && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    here.triggerCheckForDueExecutions();
                }
            });
        }
    }
}
