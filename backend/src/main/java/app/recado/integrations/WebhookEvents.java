package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Publishable;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what other systems are to be told, in the transaction in which it happens: whatever is committed is told, and
 * nothing else. All events of a transaction go with one statement at its end, which costs a clinic without endpoints one
 * look at an empty table.
 */
@Component
class WebhookEvents {

    private static final Object GATHERED = new Object();

    private final JdbcClient jdbc;
    private final WebhookQueue queue;
    private final JsonMapper json;
    private final Clock clock;

    WebhookEvents(JdbcClient jdbc, WebhookQueue queue, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.json = json;
        this.clock = clock;
    }

    /** Hears everything publishable, in the transaction of whoever publishes it. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void happened(Publishable event) {
        @SuppressWarnings("unchecked")
        var gathered = (List<Publishable>) TransactionSynchronizationManager.getResource(GATHERED);
        if (gathered != null) {
            gathered.add(event);
            return;
        }
        var first = new ArrayList<Publishable>(List.of(event));
        TransactionSynchronizationManager.bindResource(GATHERED, first);
        TransactionSynchronizationManager.registerSynchronization(new AtTheEnd(first));
    }

    private final class AtTheEnd implements TransactionSynchronization {

        private final List<Publishable> gathered;
        private final UUID organization = CurrentOrganization.id();

        AtTheEnd(List<Publishable> gathered) {
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
            CurrentOrganization.get(organization, () -> {
                write(gathered, null);
                return organization;
            });
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResource(GATHERED);
        }
    }

    /** Writes something that only one endpoint is told of. @return the event */
    @Transactional
    public UUID tell(UUID endpointId, Publishable event) {
        return write(List.of(event), endpointId).getFirst();
    }

    private List<UUID> write(List<Publishable> events, @Nullable UUID only) {
        var ids = events.stream().map(event -> Ids.next()).toList();
        var now = clock.instant();
        jdbc.sql("""
                        with told as materialized (
                             select id, event_types from webhook_endpoint
                              where organization_id = :org and state <> 'paused' and (:only::uuid is null or id = :only)),
                        happened as (
                             select h.* from unnest(:ids, :types, :resources, :facts) with ordinality
                                          as h (id, type, resource_id, facts, place)
                              where exists (select from told where :only::uuid is not null or event_types = '{}'
                                                                or h.type = any (event_types))),
                        written as (
                             insert into webhook_event (organization_id, id, type, resource_id, facts, occurred_at)
                             select :org, id, type, resource_id, cast(facts as jsonb), :now from happened order by place
                             returning id, type, number),
                        addressed as (
                             insert into webhook_delivery (organization_id, endpoint_id, event_id, number, state,
                                                           next_attempt_at, occurred_at)
                             select :org, t.id, w.id, w.number, 'pending', :now, :now from written w join told t
                                 on :only::uuid is not null or t.event_types = '{}' or w.type = any (t.event_types)
                             returning endpoint_id)
                        select distinct endpoint_id from addressed
                        """)
                .param("org", CurrentOrganization.id())
                .param("only", only, java.sql.Types.OTHER)
                .param("ids", ids.toArray(UUID[]::new))
                .param("types", events.stream().map(Publishable::eventType).toArray(String[]::new))
                .param("resources", events.stream().map(Publishable::resourceId).toArray(UUID[]::new))
                .param(
                        "facts",
                        events.stream()
                                .map(event -> json.writeValueAsString(event.facts()))
                                .toArray(String[]::new))
                .param("now", SqlTime.at(now))
                .query(UUID.class)
                .list()
                .forEach(endpoint -> queue.look(endpoint, now));
        return ids;
    }
}
