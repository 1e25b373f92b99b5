package app.recado.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Events that cannot be stored, whatever is wrong with them or with us. The gateway delivers a line's events in their order
 * and goes on only when one is taken, so one of these would block its line for ever: after some tries it is kept here with
 * its content, and the rest goes on.
 */
@Component
public class SetAsideEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideEvents.class);

    /** Both must be over: a database that is away for seconds, or repetitions in quick succession, set nothing aside. */
    private static final int TRIES = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int SHOWN = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WorkerDatabase worker;
    private final Clock clock;

    SetAsideEvents(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            WorkerDatabase worker,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.worker = worker;
        this.clock = clock;
        var count =
                Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(10)).build((String key) -> count());
        metrics.gauge("recado.gateway.events.set.aside", count, all -> all.get(""));
    }

    private record Failing(int attempts, Instant since) {}

    /** Counts a failure of an event of the current organization.
     *
     * @param content as {@link EventSource#store} takes it
     * @return true when it was tried often and long enough and is now kept here */
    public boolean failed(UUID lineId, UUID id, String type, String content, RuntimeException why) {
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

    /**
     * An event that is kept here.
     *
     * @param type as the gateway calls it, for example {@code message.inbound}
     * @param cause the kind of exception of its last failure
     */
    record SetAside(
            UUID organizationId, UUID id, UUID lineId, String type, int attempts, String cause, Instant setAsideAt) {}

    /** The newest first, two hundred at most, over all clinics and without their content. */
    List<SetAside> newest() {
        return worker.jdbc()
                .sql("""
                        select organization_id, id, line_id, type, attempts, cause, set_aside_at from set_aside_event
                         where set_aside_at is not null order by set_aside_at desc, id limit %d
                        """.formatted(SHOWN))
                .query((row, n) -> new SetAside(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getObject("line_id", UUID.class),
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

    /** What is to be tried again. */
    record Kept(UUID lineId, String content) {}

    /** Takes one of the current organization out, inside the caller's transaction: it is back when that is rolled back.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    Kept takeOut(UUID id) {
        return jdbc.sql("""
                        delete from set_aside_event where organization_id = ? and id = ? and set_aside_at is not null
                        returning line_id, content
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Kept(row.getObject("line_id", UUID.class), row.getString("content")))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such event"));
    }
}
