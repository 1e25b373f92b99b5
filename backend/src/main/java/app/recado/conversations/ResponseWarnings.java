package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.live.LiveHints;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls people when the time in which a clinic wants to answer runs out, and nobody has answered. */
@Component
class ResponseWarnings {

    private final HandOverCalls calls;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final LiveHints hints;
    private final MeterRegistry metrics;
    private final Clock clock;

    ResponseWarnings(
            HandOverCalls calls,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            LiveHints hints,
            MeterRegistry metrics,
            Clock clock) {
        this.calls = calls;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.hints = hints;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Nothing happens when it was answered meanwhile. */
    JobResult warn(JobId job) {
        var found = transaction.execute(status -> warnAt(job.id()));
        if (found == null || found.isEmpty()) {
            return JobResult.done();
        }
        var early = Duration.between(clock.instant(), found.get());
        if (early.isPositive()) {
            return JobResult.again(early);
        }
        calls.runsOut(job.id());
        metrics.counter("recado.conversations.response.warnings").increment();
        transaction.executeWithoutResult(status -> hints.changed(LiveHints.Kind.CONVERSATION, job.id()));
        return JobResult.done();
    }

    private Optional<Instant> warnAt(UUID id) {
        return jdbc.sql("""
                        select response_warn_at from conversation
                         where organization_id = ? and id = ? and state = 'open' and response_due_at is not null
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> SqlTime.instant(row, "response_warn_at"))
                .optional();
    }
}
