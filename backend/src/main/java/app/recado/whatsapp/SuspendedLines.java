package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.jobs.Retries;
import app.recado.organizations.OrganizationReactivated;
import app.recado.organizations.OrganizationSuspended;
import app.recado.organizations.OrganizationSuspensions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stops the lines of a clinic that is suspended, and starts those again that ran before. A job does it, because an engine may
 * be away. Two of them may be at work at once, for a suspension that ends at once: each looks again after what it did, so the
 * one that acts last leaves the line as the clinic stands.
 */
@Component
class SuspendedLines {

    private static final Logger LOG = LoggerFactory.getLogger(SuspendedLines.class);

    /** The name of its jobs, one for each change of a clinic's standing. */
    static final String JOB = "line-suspension";

    /** For about a day: a gateway that is away sends nothing, but comes back some time. */
    static final Retries RETRIES = new Retries(150, Duration.ofSeconds(10), Duration.ofMinutes(10));

    /** A clinic's standing does not change more often while one line is seen to. */
    private static final int LOOKS = 5;

    private final Lines lines;
    private final Engines engines;
    private final OrganizationSuspensions suspensions;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SuspendedLines(
            Lines lines,
            Engines engines,
            OrganizationSuspensions suspensions,
            Jobs jobs,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.lines = lines;
        this.engines = engines;
        this.suspensions = suspensions;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What ran when the clinic was suspended is written down with the suspension itself. */
    @EventListener
    public void suspended(OrganizationSuspended event) {
        int running = jdbc.sql("update whatsapp_line set resumes = true where organization_id = ? and desired = ?")
                .params(event.id(), LineStates.RUNNING)
                .update();
        LOG.info("Organization {} is suspended: {} lines are stopped", event.id(), running);
        seeTo(event.id());
    }

    @EventListener
    public void reactivated(OrganizationReactivated event) {
        LOG.info("Organization {} is active again", event.id());
        seeTo(event.id());
    }

    private void seeTo(UUID organization) {
        var now = clock.instant();
        jobs.schedule(JOB, JobId.of(organization, now.toEpochMilli()), now);
    }

    /** Brings all lines of the current organization to where its standing wants them. */
    JobResult turn() {
        for (var line : remembered()) {
            try {
                settle(line);
            } catch (ProblemException e) {
                throw new JobFailed(e.problem().code());
            }
        }
        return JobResult.done();
    }

    private List<UUID> remembered() {
        return Objects.requireNonNull(transaction.execute(
                status -> jdbc.sql("select id from whatsapp_line where organization_id = ? and resumes")
                        .param(CurrentOrganization.id())
                        .query((row, n) -> row.getObject("id", UUID.class))
                        .list()));
    }

    private void settle(UUID id) {
        for (int look = 0; look < LOOKS; look++) {
            boolean suspended = Boolean.TRUE.equals(transaction.execute(status -> suspensions.suspended()));
            var line = lines.get(id);
            if (line.running() != suspended) {
                if (!suspended) {
                    forget(id);
                }
                return;
            }
            if (suspended) {
                engines.of(line.engine()).stop(line);
            } else if (!started(line)) {
                forget(id);
                return;
            }
        }
    }

    /** False when the line needs a person: it stays stopped, as its page shows.
     *
     * @throws ProblemException when its engine is away */
    private boolean started(Line line) {
        try {
            engines.of(line.engine()).start(line, false);
            return true;
        } catch (ProblemException e) {
            if (e.problem() == Problem.GATEWAY_UNAVAILABLE) {
                throw e;
            }
            LOG.warn("Line {} was not started again: {}", line.id(), e.problem().code());
            return false;
        }
    }

    private void forget(UUID id) {
        transaction.executeWithoutResult(
                status -> jdbc.sql("update whatsapp_line set resumes = false where organization_id = ? and id = ?")
                        .params(CurrentOrganization.id(), id)
                        .update());
    }
}
