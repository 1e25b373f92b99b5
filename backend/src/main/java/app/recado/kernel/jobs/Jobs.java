package app.recado.kernel.jobs;

import app.recado.kernel.CurrentOrganization;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

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
        for (int tried = 0; tried < MOST_TRIES; tried++) {
            try {
                if (scheduler
                        .getObject()
                        .schedule(
                                new TaskInstance<>(name, id.stored()),
                                at,
                                ScheduleOptions.defaultOptions().whenExistsReschedule())) {
                    lookAfterCommit();
                    return true;
                }
            } catch (TaskInstanceCurrentlyExecutingException e) {
                return false;
            } catch (ExecutionException | TaskInstanceNotFoundException e) {
                // Like the answer false: it was taken, put off or done between the scheduler's look and its change.
                LOG.debug("{} {} changed while it was put off", name, id.stored());
            }
        }
        return false;
    }

    /**
     * Has a record looked at at that time, by a job that begins after the caller's transaction: one that is under way may have
     * looked already when it commits, so another one comes after it. Whatever it does, it does for any of these jobs.
     *
     * @param name of the job's kind
     */
    public void lookAt(String name, UUID record, Instant at) {
        long number = 0;
        while (!reschedule(name, new JobId(CurrentOrganization.id(), record, number), at)) {
            number++;
        }
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
