package app.recado.engines.setaside;

import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tries again what a provider delivered and what could not be stored; after some tries it is set aside. */
@Component
class WebhookRetries {

    /** The name of its jobs, one for each event that is kept. */
    static final String JOB = "webhook-again";

    /** Failures are counted with the event; these are only of turns that break off. */
    static final Retries RETRIES = new Retries(20, Duration.ofSeconds(15), Duration.ofMinutes(10));

    private static final Duration WHILE_THE_DATABASE_IS_AWAY = Duration.ofSeconds(30);

    private final EventReplay replay;
    private final SetAsideEvents setAside;

    WebhookRetries(EventReplay replay, SetAsideEvents setAside) {
        this.replay = replay;
        this.setAside = setAside;
    }

    /** Tries one again. */
    JobResult turn(JobId job) {
        try {
            replay.again(job.id());
            return JobResult.done();
        } catch (RuntimeException e) {
            if (DatabaseOutage.causes(e)) {
                return JobResult.again(WHILE_THE_DATABASE_IS_AWAY);
            }
            return setAside.failedAgain(job.id(), e).map(JobResult::again).orElseGet(JobResult::done);
        }
    }
}
