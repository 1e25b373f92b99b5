package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobTasks;
import app.recado.organizations.OrganizationProfiles;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands over what a transaction wrote for a patient who was merged while it ran: it began before the merge, did not lock the
 * patient, and committed after. Such rows follow like all others, and an undo returns them.
 */
@Component
class LateReferences {

    /** Longer than any transaction lasts, and a stay of the job. */
    private static final Duration SINCE = Duration.ofHours(6);

    private final JdbcClient jdbc;
    private final List<PatientReference> references;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LateReferences(
            JdbcClient jdbc,
            List<PatientReference> references,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.references = references;
        this.organizations = organizations;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Recent(UUID id, UUID survivor, UUID replaced) {}

    /** Looks at the merges of the last hours of all organizations. */
    void follow() {
        var all = CurrentOrganization.get(
                CurrentOrganization.PLATFORM,
                () -> Objects.requireNonNull(
                        transaction.execute(status -> organizations.names().keySet())));
        for (var organization : all) {
            CurrentOrganization.run(
                    organization, () -> transaction.executeWithoutResult(status -> recent().forEach(this::follow)));
        }
    }

    /** The oldest first: who was merged into somebody that was merged again goes all the way. */
    private List<Recent> recent() {
        return jdbc.sql("""
                        select id, survivor_id, replaced_id from patient_merge
                         where organization_id = ? and merged_at > ? and undone_at is null order by merged_at, id
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant().minus(SINCE)))
                .query((row, n) -> new Recent(
                        row.getObject("id", UUID.class),
                        row.getObject("survivor_id", UUID.class),
                        row.getObject("replaced_id", UUID.class)))
                .list();
    }

    private void follow(Recent merge) {
        for (var reference : references) {
            jdbc.sql("""
                            with moved as (
                                update %1$s set %2$s = :survivor, version = version + 1
                                 where organization_id = :org and %2$s = :replaced returning id)
                            insert into patient_merge_reference (organization_id, merge_id, place, reference_id)
                            select :org, :merge, '%1$s', id from moved on conflict do nothing
                            """.formatted(reference.table(), reference.column()))
                    .param("org", CurrentOrganization.id())
                    .param("survivor", merge.survivor())
                    .param("replaced", merge.replaced())
                    .param("merge", merge.id())
                    .update();
        }
    }

    /** When it is looked for. */
    @Configuration(proxyBeanMethods = false)
    static class Jobs {

        @Bean
        Task<Void> lateReferencesTask(JobTasks tasks, LateReferences late) {
            return tasks.recurring("late-references", Duration.ofMinutes(10), late::follow);
        }
    }
}
