package app.recado.kernel.jobs;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs that failed as often as they may. They are kept and shown until a person has them done again. */
@Component
public class DeadJobs {

    /** A scrape and a page ask for the same numbers. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final int SHOWN = 200;

    private final WorkerDatabase worker;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Jobs jobs;
    private final Clock clock;
    private final LoadingCache<String, JobFigures> figures;

    DeadJobs(
            WorkerDatabase worker,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Jobs jobs,
            MeterRegistry metrics,
            Clock clock) {
        this.worker = worker;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.jobs = jobs;
        this.clock = clock;
        this.figures = Caffeine.newBuilder().expireAfterWrite(FRESH).build(key -> readFigures());
        metrics.gauge("recado.jobs.dead", figures, all -> all.get("").dead());
        metrics.gauge("recado.jobs.failing", figures, all -> all.get("").failing());
        Gauge.builder(
                        "recado.jobs.oldest.due.age",
                        figures,
                        all -> ageOf(all.get("").oldestDueAt()))
                .description("Since when the job that waits longest is due; 0 without one")
                .baseUnit("seconds")
                .register(metrics);
    }

    private double ageOf(@Nullable Instant due) {
        return due == null ? 0 : Duration.between(due, clock.instant()).toSeconds();
    }

    /**
     * How jobs are, over all clinics.
     *
     * @param waiting jobs that are due or will be, recurring ones included
     * @param failing of those, how many failed when they were last tried
     * @param oldestDueAt since when the one that waits longest is due; null when none is
     * @param dead jobs that were given up
     */
    public record JobFigures(
            long waiting, long failing, @Nullable Instant oldestDueAt, long dead) {}

    /** As of now. */
    public JobFigures figures() {
        return readFigures();
    }

    private JobFigures readFigures() {
        long dead = worker.jdbc()
                .sql("select count(*) from dead_job")
                .query(Long.class)
                .single();
        return jdbc.sql("""
                        select count(*) as waiting, count(*) filter (where consecutive_failures > 0) as failing,
                               min(execution_time) filter (where execution_time <= ? and not picked) as oldest
                          from scheduled_task
                        """)
                .param(SqlTime.at(clock.instant()))
                .query((row, n) -> new JobFigures(
                        row.getLong("waiting"), row.getLong("failing"), SqlTime.instantOrNull(row, "oldest"), dead))
                .single();
    }

    /**
     * A job that was given up.
     *
     * @param kind the name of its kind
     * @param attempts how often it was tried
     * @param cause a code, or the kind of exception of its last failure
     */
    public record DeadJob(UUID organizationId, UUID id, String kind, int attempts, String cause, Instant failedAt) {}

    /** The newest first, two hundred at most. */
    public List<DeadJob> newest() {
        return worker.jdbc()
                .sql("""
                        select organization_id, id, kind, attempts, cause, failed_at from dead_job
                         order by failed_at desc, id limit %d
                        """.formatted(SHOWN))
                .query((row, n) -> new DeadJob(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getInt("attempts"),
                        row.getString("cause"),
                        SqlTime.instant(row, "failed_at")))
                .list();
    }

    /** Keeps one that is given up. */
    void add(String kind, JobId job, int attempts, String cause) {
        CurrentOrganization.run(
                job.organizationId(),
                () -> transaction.executeWithoutResult(status -> jdbc.sql("""
                                insert into dead_job (organization_id, id, kind, subject, attempts, cause, failed_at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                on conflict (organization_id, kind, subject) do update
                                   set attempts = excluded.attempts, cause = excluded.cause, failed_at = excluded.failed_at
                                """)
                        .params(
                                job.organizationId(),
                                Ids.next(),
                                kind,
                                job.stored(),
                                attempts,
                                cause,
                                SqlTime.at(clock.instant()))
                        .update()));
    }

    private record Revived(String kind, String subject) {}

    /** Has a dead job done again from its first attempt on.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    public void repeat(UUID organizationId, UUID id) {
        CurrentOrganization.run(
                organizationId,
                () -> transaction.executeWithoutResult(status -> {
                    var revived = jdbc.sql("""
                                    delete from dead_job where organization_id = ? and id = ? returning kind, subject
                                    """)
                            .params(organizationId, id)
                            .query((row, n) -> new Revived(row.getString("kind"), row.getString("subject")))
                            .optional()
                            .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such dead job"));
                    jobs.schedule(revived.kind(), JobId.parse(revived.subject()), clock.instant());
                }));
    }
}
