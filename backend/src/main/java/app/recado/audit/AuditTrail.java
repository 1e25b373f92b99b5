package app.recado.audit;

import app.recado.kernel.Auditable;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what was done, in the transaction that does it: whatever is committed has its entry, and nothing else. All
 * entries of a transaction go with one statement at its end. An operation that writes and publishes nothing auditable leaves
 * an entry too, so that nobody has to remember to audit the next one.
 */
@Component
class AuditTrail {

    private static final Object GATHERED = new Object();

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    AuditTrail(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** What an entry says beside its origin. */
    private record Entry(String action, @Nullable UUID recordId, Map<String, Auditable.Change> changes) {}

    /**
     * Hears everything auditable, in the transaction of whoever publishes it.
     *
     * @throws IllegalStateException outside one: a programming error
     */
    @EventListener
    public void happened(Auditable event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(event.action() + " was published outside a transaction");
        }
        gathered().add(event);
    }

    /** Has the operation of the current request leave an entry, when it writes, with the transaction that has just begun. */
    void begun() {
        if (AuditOrigin.writing() != null && CurrentOrganization.find().isPresent()) {
            gathered();
        }
    }

    private List<Auditable> gathered() {
        @SuppressWarnings("unchecked")
        var known = (List<Auditable>) TransactionSynchronizationManager.getResource(GATHERED);
        if (known != null) {
            return known;
        }
        var first = new ArrayList<Auditable>();
        TransactionSynchronizationManager.bindResource(GATHERED, first);
        TransactionSynchronizationManager.registerSynchronization(new AtTheEnd(first));
        return first;
    }

    private final class AtTheEnd implements TransactionSynchronization {

        private final List<Auditable> gathered;
        private final UUID organization = CurrentOrganization.id();

        AtTheEnd(List<Auditable> gathered) {
            this.gathered = gathered;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(GATHERED);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(GATHERED, gathered);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            var entries = entries(gathered);
            if (!entries.isEmpty()) {
                CurrentOrganization.run(organization, () -> write(entries));
            }
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResource(GATHERED);
        }
    }

    private static List<Entry> entries(List<Auditable> gathered) {
        var writing = AuditOrigin.writing();
        if (gathered.isEmpty() && writing == null) {
            return List.of();
        }
        AuditOrigin.recorded();
        return gathered.isEmpty()
                ? List.of(new Entry(String.valueOf(writing), AuditOrigin.recordId(), Map.of()))
                : gathered.stream()
                        .map(event -> new Entry(event.action(), event.recordId(), event.changes()))
                        .toList();
    }

    private void write(List<Entry> entries) {
        var origin = AuditOrigin.current();
        jdbc.sql("""
                        insert into audit_entry (organization_id, id, at, actor_kind, actor, actor_name, address, operation, action,
                                                 record_id, changes)
                        select :org, id, :now, :kind, cast(:actor as text), cast(:name as text), cast(:address as text),
                               cast(:operation as text), action, cast(nullif(about, '') as uuid), cast(changes as jsonb)
                          from unnest(cast(:ids as uuid[]), cast(:actions as text[]), cast(:records as text[]),
                                      cast(:changes as text[])) as e (id, action, about, changes)
                        """)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(clock.instant()))
                .param("kind", origin.kind())
                .param("actor", origin.actor())
                .param("name", origin.name())
                .param("address", origin.address())
                .param("operation", origin.operation())
                .param("ids", entries.stream().map(entry -> Ids.next()).toArray(UUID[]::new))
                .param("actions", entries.stream().map(Entry::action).toArray(String[]::new))
                .param(
                        "records",
                        entries.stream()
                                .map(entry -> entry.recordId() instanceof UUID id ? id.toString() : "")
                                .toArray(String[]::new))
                .param(
                        "changes",
                        entries.stream()
                                .map(entry -> json.writeValueAsString(entry.changes()))
                                .toArray(String[]::new))
                .update();
    }
}
