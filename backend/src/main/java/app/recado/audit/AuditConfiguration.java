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

    /** How long after it somebody's sign-in may be seen. */
    private static final Duration SIGN_INS = Duration.ofMinutes(1);

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
    Task<Void> auditMonthsTask(JobTasks tasks, AuditMonths months) {
        return tasks.recurring("audit-months", Duration.ofDays(1), months::make);
    }

    @Bean
    Task<Void> signInsTask(JobTasks tasks, SignIns signIns) {
        return tasks.recurring("sign-ins", SIGN_INS, signIns::read);
    }

    /** What {@link AuditMonths} cannot let go as a whole: clinics beside one under a legal hold, and entries of no month. */
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

            /**
             * Up to the month that is not over yet, which goes as a whole. Without locking them: the serving role may not change
             * chained rows, and a lock is a change.
             */
            @Override
            public Removed remove(Instant olderThan, int atMost) {
                return Removed.records(jdbc.sql("""
                                delete from audit_entry where organization_id = :org and at < :before and (at, id) in (
                                       select at, id from audit_entry
                                        where organization_id = :org and batch is not null and at < :before
                                        order by at limit :most)
                                """)
                        .param("org", CurrentOrganization.id())
                        .param("before", SqlTime.at(AuditMonths.beginning(olderThan)))
                        .param("most", atMost)
                        .update());
            }
        };
    }
}
