package app.recado.kernel.idempotency;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes kept answers once no repetition can ask for them: what they hold of patients has no reason to stay. */
@Component
public class ForgottenAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ForgottenAnswers.class);

    private final WorkerDatabase worker;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ForgottenAnswers(WorkerDatabase worker, JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.worker = worker;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Deletes what is older than 24 hours, each organization's by itself: the worker sees whose, and cannot delete. */
    public void forget() {
        var old = SqlTime.at(clock.instant().minus(StoredAnswers.KEPT));
        var organizations = worker.jdbc()
                .sql("select distinct organization_id from stored_answer where created_at <= ?")
                .param(old)
                .query((row, n) -> row.getObject("organization_id", UUID.class))
                .list();
        for (var organization : organizations) {
            CurrentOrganization.run(
                    organization,
                    () -> transaction.executeWithoutResult(status -> {
                        int forgotten = jdbc.sql(
                                        "delete from stored_answer where organization_id = ? and created_at <= ?")
                                .params(organization, old)
                                .update();
                        LOG.info(
                                "{} kept answers of organization {} were too old and are deleted",
                                forgotten,
                                organization);
                    }));
        }
    }
}
