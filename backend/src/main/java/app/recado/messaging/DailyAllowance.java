package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.Limit;
import app.recado.organizations.LimitUsage;
import app.recado.organizations.OrganizationLimits;
import java.time.LocalDate;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many messages of the current organization may still be handed over on its day. Counted when they are handed over for
 * the first time, under the lock under which a clinic's messages are claimed, so no two processes give away the same place.
 */
@Component
class DailyAllowance implements LimitUsage {

    private final OrganizationLimits limits;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DailyAllowance(OrganizationLimits limits, JdbcClient jdbc, TransactionTemplate transaction) {
        this.limits = limits;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** One day of the clinic.
     *
     * @param handed how many were handed over on it before */
    record Today(OrganizationLimits.MessageDay day, long handed) {

        /** @param more how many are handed over in the same transaction already */
        boolean hasRoomBeside(long more) {
            var most = day.most();
            return most == null || handed + more < most;
        }
    }

    /** Needs the transaction that claims. */
    Today today() {
        var day = limits.messageDay();
        return new Today(day, handedOn(day.day()));
    }

    private long handedOn(LocalDate day) {
        return jdbc.sql("select handed from message_day where organization_id = ? and day = ?")
                .params(CurrentOrganization.id(), day)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Counts messages that are handed over for the first time, in the transaction that claims. */
    void count(Today today, int handed) {
        if (handed > 0) {
            jdbc.sql("""
                            insert into message_day as d (organization_id, day, handed) values (?, ?, ?)
                            on conflict (organization_id) do update
                               set handed = excluded.handed + case when d.day = excluded.day then d.handed else 0 end,
                                   day = excluded.day
                            """)
                    .params(CurrentOrganization.id(), today.day().day(), handed)
                    .update();
        }
    }

    @Override
    public Limit limit() {
        return Limit.MESSAGES_PER_DAY;
    }

    @Override
    public long used() {
        return Objects.requireNonNull(transaction.execute(status -> today().handed()));
    }
}
