package app.recado.whatsapp;

import app.recado.kernel.ProblemException;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.mail.Mailer;
import app.recado.organizations.OrganizationOwners;
import app.recado.organizations.OrganizationProfiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the owners of a clinic by e-mail that a line is down, once for each time it goes down: somebody who sits at
 * reception may see it in the console, but on a Sunday nobody does. A crash between claiming and telling is followed by
 * another try, so an owner may hear it twice and never not at all.
 */
@Component
class LineAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(LineAlarm.class);

    /** The name of its jobs: one for each loss, known by the line and the millisecond since which it is down. */
    static final String JOB = "line-alarm";

    /** Short losses heal by themselves and concern nobody. Told within the minute. */
    static final Duration GRACE = Duration.ofSeconds(45);

    /** For about a day. */
    static final Retries RETRIES = new Retries(50, Duration.ofMinutes(2), Duration.ofMinutes(30));

    private final Lines lines;
    private final LineStates states;
    private final OrganizationOwners owners;
    private final OrganizationProfiles organizations;
    private final Mailer mailer;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;

    LineAlarm(
            Lines lines,
            LineStates states,
            OrganizationOwners owners,
            OrganizationProfiles organizations,
            Mailer mailer,
            TransactionTemplate transaction,
            MeterRegistry metrics) {
        this.lines = lines;
        this.states = states;
        this.owners = owners;
        this.organizations = organizations;
        this.mailer = mailer;
        this.transaction = transaction;
        this.metrics = metrics;
        metrics.counter("recado.line.alarms", "outcome", "told"); // there from the start, or rates miss the first
        metrics.counter("recado.line.alarms", "outcome", "failed");
    }

    /** Tells the owners unless the line is up again. */
    JobResult turn(JobId job) {
        var line = lines.get(job.id());
        var downSince = line.downSince();
        if (!mailer.configured() || downSince == null || downSince.toEpochMilli() != job.number()) {
            return JobResult.done();
        }
        try {
            tell(line);
        } catch (ProblemException e) {
            LOG.warn("Line {} is down and its owners are not known: {}", line.id(), e.getMessage());
            throw failed();
        }
        return JobResult.done();
    }

    private void tell(Line line) {
        var clinic = Objects.requireNonNull(transaction.execute(status -> organizations.current()));
        var notice = LineNotice.of(line, clinic, owners.consoleAddress());
        var people = owners.owners();
        boolean everybody = true;
        for (var owner : people) {
            everybody &= mailer.send(owner.email(), notice.subject(), notice.text());
        }
        if (!everybody) {
            throw failed();
        }
        states.ownersTold(line.id());
        metrics.counter("recado.line.alarms", "outcome", "told").increment();
        LOG.info("Line {} is down ({}): {} owners were told", line.id(), line.cause(), people.size());
    }

    private JobFailed failed() {
        metrics.counter("recado.line.alarms", "outcome", "failed").increment();
        return new JobFailed("owners-not-told");
    }
}
