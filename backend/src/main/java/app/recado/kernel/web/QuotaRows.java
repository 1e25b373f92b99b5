package app.recado.kernel.web;

import app.recado.kernel.KeyedHash;
import app.recado.kernel.SqlTime;
import app.recado.kernel.web.Quota.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * A row for each caller who asks much, with one instant: {@link Quota} says what it means. One statement takes from it, without
 * a transaction around it. Who it is stands there as a keyed hash: the database learns no address.
 */
@Component
class QuotaRows implements SharedQuotas {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaRows.class);

    /** Where the database does not answer, each replica counts for itself for so long before it asks again. */
    private static final Duration ALONE = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final KeyedHash hash;
    private final AtomicReference<Instant> aloneUntil = new AtomicReference<>(Instant.EPOCH);

    QuotaRows(JdbcClient jdbc, KeyedHash hash) {
        this.jdbc = jdbc;
        this.hash = hash;
    }

    @Override
    public @Nullable Taken take(Quota quota, String who, int owed, int wanted, Instant now) {
        if (now.isBefore(aloneUntil.get())) {
            return null;
        }
        try {
            return takeFromRow(quota, who, owed, wanted, now);
        } catch (DataAccessException | TransactionException e) {
            aloneUntil.set(now.plus(ALONE));
            LOG.warn(
                    "Requests are counted by this process alone for {}: {}",
                    ALONE,
                    e.getClass().getName());
            return null;
        }
    }

    /** The same arithmetic as {@link Quota#take}, where two replicas at once wait for each other. */
    private Taken takeFromRow(Quota quota, String who, int owed, int wanted, Instant now) {
        return jdbc.sql("""
                        insert into request_quota as q (caller, spent_until)
                        values (:caller,
                                cast(:now as timestamptz) + interval '1 microsecond' * cast(:each as bigint)
                                  * (:owed + greatest(0, least(:wanted, :burst - :owed))))
                        on conflict (caller) do update
                           set spent_until = greatest(q.spent_until, :now) + interval '1 microsecond' * cast(:each as bigint)
                                 * (:owed + greatest(0, least(:wanted, :burst - :owed
                                      - ceil(extract(epoch from greatest(q.spent_until, :now) - cast(:now as timestamptz))
                                             * 1000000 / :each))))
                        returning old.spent_until as before, new.spent_until as after
                        """)
                .param("caller", hash.ofNobodys("request-quota", quota.name() + " " + who))
                .param("now", SqlTime.at(now))
                .param("each", quota.each())
                .param("owed", owed)
                .param("wanted", wanted)
                .param("burst", quota.burst())
                .query((row, n) -> {
                    var before = SqlTime.instantOrNull(row, "before");
                    var after = SqlTime.instant(row, "after");
                    var from = before == null || before.isBefore(now) ? now : before;
                    int taken = (int) (ChronoUnit.MICROS.between(from, after) / quota.each());
                    return new Taken(taken - owed, after);
                })
                .single();
    }

    /** Removes callers who have everything back, which is as if they had never asked. */
    void forget() {
        jdbc.sql("delete from request_quota where spent_until < now()").update();
    }
}
