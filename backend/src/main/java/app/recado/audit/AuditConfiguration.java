package app.recado.audit;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobTasks;
import app.recado.kernel.retention.Retained;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where the trail meets transactions, what is done to it later, and when it goes. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /** Within which entries become part of the chain: until then they are as safe as any row, and no safer. */
    private static final Duration CHAINED = Duration.ofMinutes(10);

    /** The trail lazily: it needs the database, and listeners are made with what opens its transactions. */
    @Bean
    TransactionExecutionListener auditedTransactions(ObjectProvider<AuditTrail> trail) {
        return new TransactionExecutionListener() {
            @Override
            public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
                if (failure == null
                        && transaction.isNewTransaction()
                        && !transaction.isReadOnly()
                        && AuditOrigin.writing() != null
                        && TransactionSynchronizationManager.isSynchronizationActive()) {
                    trail.getObject().begun();
                }
            }
        };
    }

    @Bean
    Task<Void> auditChainTask(JobTasks tasks, AuditChain chain) {
        return tasks.recurring("audit-chain", CHAINED, chain::grow);
    }

    @Bean
    Retained oldAuditEntries(JdbcClient jdbc) {
        return new Retained() {
            @Override
            public String name() {
                return "audit-entries";
            }

            @Override
            public Term term() {
                return Term.AUDIT;
            }

            /** Without locking them: the serving role may not change chained rows, and a lock is a change. */
            @Override
            public Removed remove(Instant olderThan, int atMost) {
                return Removed.records(jdbc.sql("""
                                delete from audit_entry where organization_id = ? and ctid in (
                                       select ctid from audit_entry where organization_id = ? and batch is not null and at < ?
                                        order by at limit ?)
                                """)
                        .params(CurrentOrganization.id(), CurrentOrganization.id(), SqlTime.at(olderThan), atMost)
                        .update());
            }
        };
    }
}
