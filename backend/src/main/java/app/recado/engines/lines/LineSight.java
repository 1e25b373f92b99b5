package app.recado.engines.lines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whether this process can see what it watches. Silence is believed from a process that reached it last; while another one
 * reached it since, this one may be cut off itself: it says nothing about lines and leaves its jobs to others for a while.
 */
@Component
public class LineSight {

    /** What is watched; one that is cut off from one provider is rarely not cut off from the others. */
    public enum Target {
        GATEWAY("gateway"),
        PROVIDERS("providers");

        private final String stored;

        Target(String stored) {
            this.stored = stored;
        }
    }

    /** For how long somebody else's success counts. Others look several times within it. */
    private static final Duration COUNTS = Duration.ofSeconds(60);

    /** Longer than from one look of the watches to the next, so that another process takes the next one. */
    private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(15);

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final UUID process = UUID.randomUUID();
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Jobs jobs;
    private final Clock clock;

    public LineSight(JdbcClient jdbc, TransactionTemplate transaction, Jobs jobs, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** This process has just reached it. */
    public void reached(Target target) {
        inPlatform(() -> {
            jdbc.sql("""
                    insert into line_sight (organization_id, process, target, reached_at) values (?, ?, ?, ?)
                    on conflict (organization_id, process, target) do update set reached_at = excluded.reached_at
                    """)
                    .params(CurrentOrganization.PLATFORM, process, target.stored, SqlTime.at(clock.instant()))
                    .update();
            jdbc.sql("delete from line_sight where organization_id = ? and reached_at < ?")
                    .params(
                            CurrentOrganization.PLATFORM,
                            SqlTime.at(clock.instant().minus(REMEMBERED)))
                    .update();
            return true;
        });
    }

    /** When any process reached it last. */
    public Optional<Instant> lastReached(Target target) {
        return inPlatform(() -> jdbc.sql("""
                        select reached_at from line_sight where organization_id = ? and target = ?
                         order by reached_at desc limit 1
                        """)
                .params(CurrentOrganization.PLATFORM, target.stored)
                .query((row, n) -> SqlTime.instant(row, "reached_at"))
                .optional());
    }

    /** Whether another process reached it a short while ago, and later than this one. If so, due jobs are left to it. */
    public boolean isCutOff(Target target) {
        boolean cutOff = inPlatform(() -> jdbc.sql("""
                        select exists (
                            select from line_sight other
                             where other.organization_id = ? and other.target = ? and other.process <> ? and other.reached_at > ?
                               and other.reached_at > coalesce((select mine.reached_at from line_sight mine
                                       where mine.organization_id = ? and mine.target = ? and mine.process = ?), '-infinity'))
                        """)
                .params(
                        CurrentOrganization.PLATFORM,
                        target.stored,
                        process,
                        SqlTime.at(clock.instant().minus(COUNTS)),
                        CurrentOrganization.PLATFORM,
                        target.stored,
                        process)
                .query(Boolean.class)
                .single());
        if (cutOff) {
            jobs.leaveToOthers(LEFT_TO_OTHERS);
        }
        return cutOff;
    }

    private <T> T inPlatform(Supplier<T> work) {
        return CurrentOrganization.get(
                CurrentOrganization.PLATFORM, () -> Objects.requireNonNull(transaction.execute(status -> work.get())));
    }
}
