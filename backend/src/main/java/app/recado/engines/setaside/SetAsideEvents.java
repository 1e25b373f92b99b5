package app.recado.engines.setaside;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.kernel.watch.Figures;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Events that cannot be stored, whatever is wrong with them or with us. The gateway delivers a line's events in their order
 * and goes on only when one is taken, so one of these would block its line for ever: after some tries it is kept here with
 * its content, and the rest goes on. What a provider delivers is kept here at its first failure and tried again from here,
 * because a provider repeats late, repeats everything, or does not repeat. While the database is away nothing is counted:
 * then whoever delivers has to repeat.
 */
@Component
public class SetAsideEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideEvents.class);

    /** Both must be over: a database that is away for seconds, or repetitions in quick succession, set nothing aside. */
    private static final int TRIES = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** After the first failure of what is tried again from here; doubles with each. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

    private static final int SHOWN = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WorkerDatabase worker;
    private final Jobs jobs;
    private final Clock clock;
    private final Figures<Long> kept;

    SetAsideEvents(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            WorkerDatabase worker,
            Jobs jobs,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.worker = worker;
        this.jobs = jobs;
        this.clock = clock;
        this.kept = new Figures<>(this::count);
        metrics.gauge("recado.events.set.aside", kept, all -> all.value(Long::doubleValue));
    }

    private record Failing(int attempts, Instant since) {}

    /** Counts a failure of an event that the gateway will deliver again. Current organization.
     *
     * @param content as {@link EventSource#store} takes it
     * @return true when it was tried often and long enough and is now kept here */
    public boolean failed(UUID lineId, UUID id, String type, String content, RuntimeException why) {
        if (DatabaseOutage.causes(why)) {
            return false;
        }
        // Not its words: a database's complaint may quote a row.
        var cause = why.getClass().getName();
        return Objects.requireNonNull(transaction.execute(status -> {
            var failing = jdbc.sql("""
                            insert into set_aside_event (organization_id, id, line_id, type, attempts, cause, failed_at)
                            values (?, ?, ?, ?, 1, ?, ?)
                            on conflict (organization_id, id) do update
                               set attempts = set_aside_event.attempts + 1, cause = excluded.cause
                            returning attempts, failed_at
                            """)
                    .params(CurrentOrganization.id(), id, lineId, type, cause, SqlTime.at(clock.instant()))
                    .query((row, n) -> new Failing(row.getInt("attempts"), SqlTime.instant(row, "failed_at")))
                    .single();
            if (failing.attempts() < TRIES || failing.since().plus(PATIENCE).isAfter(clock.instant())) {
                LOG.warn(
                        "Event {} ({}) of line {} failed for the {}. time: {}",
                        id,
                        type,
                        lineId,
                        failing.attempts(),
                        cause);
                return false;
            }
            jdbc.sql("""
                    update set_aside_event set set_aside_at = ?, content = ? where organization_id = ? and id = ?
                    """)
                    .params(SqlTime.at(clock.instant()), content, CurrentOrganization.id(), id)
                    .update();
            LOG.error("Event {} ({}) of line {} cannot be stored and is set aside: {}", id, type, lineId, cause);
            return true;
        }));
    }

    /** Keeps what a provider delivered to a line of the current organization, and has it tried again soon.
     *
     * @param source the engine's wire name
     * @param id the same whenever the provider delivers it again
     * @param content as {@link EventSource#store} takes it */
    public void keep(String source, UUID lineId, UUID id, String type, String content, RuntimeException why) {
        var cause = why.getClass().getName();
        LOG.warn("{} {} ({}) of line {} failed and is tried again: {}", source, id, type, lineId, cause);
        transaction.executeWithoutResult(status -> {
            var waiting = jdbc.sql("""
                            insert into set_aside_event as kept
                                   (organization_id, id, line_id, source, type, content, attempts, cause, failed_at)
                            values (?, ?, ?, ?, ?, ?, 1, ?, ?)
                            on conflict (organization_id, id) do update
                               set attempts = kept.attempts + 1, cause = excluded.cause
                            returning set_aside_at is null
                            """)
                    .params(
                            CurrentOrganization.id(),
                            id,
                            lineId,
                            source,
                            type,
                            content,
                            cause,
                            SqlTime.at(clock.instant()))
                    .query(Boolean.class)
                    .single();
            if (waiting) {
                jobs.schedule(WebhookRetries.JOB, JobId.of(id), clock.instant().plus(FIRST_PAUSE));
            }
        });
    }

    /** Counts another failure of what is tried again from here.
     *
     * @return when to try again; empty when that was the last time: then it is set aside */
    Optional<Duration> failedAgain(UUID id, RuntimeException why) {
        var cause = why.getClass().getName();
        return Objects.requireNonNull(transaction.execute(status -> {
            var attempts = jdbc.sql("""
                            update set_aside_event set attempts = attempts + 1, cause = ?,
                                   set_aside_at = case when attempts + 1 >= ? then cast(? as timestamptz) end
                             where organization_id = ? and id = ? and set_aside_at is null
                            returning attempts
                            """)
                    .params(cause, TRIES, SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                    .query(Integer.class)
                    .optional();
            if (attempts.isEmpty()) {
                return Optional.empty();
            }
            if (attempts.get() >= TRIES) {
                LOG.error("Event {} cannot be stored and is set aside: {}", id, cause);
                return Optional.empty();
            }
            return Optional.of(FIRST_PAUSE.multipliedBy(1L << (attempts.get() - 1)));
        }));
    }

    /**
     * An event that is kept here.
     *
     * @param source {@code gateway}, or the engine whose provider delivered it
     * @param type as the gateway calls it, for example {@code message.inbound}; of a provider what it tells, for example
     *     {@code message}, or {@code webhook} for a delivery that could not be read
     * @param cause the kind of exception of its last failure
     */
    record SetAside(
            UUID organizationId,
            UUID id,
            UUID lineId,

            @Schema(allowableValues = {"gateway", "cloud-api", "twilio", "evolution"})
            String source,

            String type,
            int attempts,
            String cause,
            Instant setAsideAt) {}

    /** The newest first, two hundred at most, over all clinics and without their content. */
    List<SetAside> newest() {
        return worker.jdbc()
                .sql("""
                        select organization_id, id, line_id, source, type, attempts, cause, set_aside_at from set_aside_event
                         where set_aside_at is not null order by set_aside_at desc, id limit %d
                        """.formatted(SHOWN))
                .query((row, n) -> new SetAside(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getString("source"),
                        row.getString("type"),
                        row.getInt("attempts"),
                        row.getString("cause"),
                        SqlTime.instant(row, "set_aside_at")))
                .list();
    }

    /** How many there are, over all clinics. */
    public long count() {
        return worker.jdbc()
                .sql("select count(*) from set_aside_event where set_aside_at is not null")
                .query(Long.class)
                .single();
    }

    /**
     * What is to be tried again.
     *
     * @param source as in {@link SetAside}
     */
    record Kept(UUID lineId, String source, String content) {}

    /** Takes one of the current organization out, inside the caller's transaction: it is back when that is rolled back.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    Kept takeOut(UUID id) {
        var kept = takeOut(id, "set_aside_at is not null");
        if (kept == null) {
            throw Problem.NOT_FOUND.because("There is no such event");
        }
        return kept;
    }

    /** Takes out one that is not set aside yet; null when it is gone or set aside. */
    @Nullable Kept takeWaiting(UUID id) {
        return takeOut(id, "set_aside_at is null and content is not null");
    }

    private @Nullable Kept takeOut(UUID id, String which) {
        return jdbc.sql("delete from set_aside_event where organization_id = ? and id = ? and " + which
                        + " returning line_id, source, content")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Kept(
                        row.getObject("line_id", UUID.class), row.getString("source"), row.getString("content")))
                .optional()
                .orElse(null);
    }
}
