package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.RetentionHolds;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose records are held for a legal matter. A hold is of a whole clinic: what will be asked for is not known beforehand. */
@Component
class LegalHolds implements RetentionHolds {

    private static final Logger LOG = LoggerFactory.getLogger(LegalHolds.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LegalHolds(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A clinic's legal hold.
     *
     * @param since since when its records are held; null when they are not
     */
    record LegalHold(boolean held, @Nullable Instant since) {}

    @Override
    public List<UUID> withoutHold() {
        return CurrentOrganization.get(
                CurrentOrganization.PLATFORM,
                () -> java.util.Objects.requireNonNull(transaction.execute(
                        status -> jdbc.sql("select id from organization where legal_hold_since is null order by id")
                                .query(UUID.class)
                                .list())));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean mayDelete() {
        return jdbc.sql("select legal_hold_since is null from organization where id = ? for share")
                .param(CurrentOrganization.id())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean mayDeleteOfAll() {
        return jdbc
                .sql("select legal_hold_since is null from organization order by id for share")
                .query(Boolean.class)
                .list()
                .stream()
                .allMatch(free -> free);
    }

    @Transactional(readOnly = true)
    public LegalHold current() {
        var since = jdbc.sql("select legal_hold_since from organization where id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> java.util.Optional.ofNullable(SqlTime.instantOrNull(row, "legal_hold_since")))
                .single()
                .orElse(null);
        return new LegalHold(since != null, since);
    }

    /** Begins a hold, or ends it; one that has begun keeps its beginning. */
    @Transactional
    public LegalHold set(boolean held) {
        jdbc.sql("""
                update organization
                   set legal_hold_since = case when ? then coalesce(legal_hold_since, ?) end,
                       legal_hold_by = case when ? then coalesce(legal_hold_by, ?) end
                 where id = ?
                """)
                .params(
                        held,
                        SqlTime.at(clock.instant()),
                        held,
                        Caller.current().subject(),
                        CurrentOrganization.id())
                .update();
        LOG.warn(
                "Records of organization {} are {} for a legal matter",
                CurrentOrganization.id(),
                held ? "held" : "no longer held");
        return current();
    }
}
