package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.whatsapp.Payload;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Planning and superseding, always inside the transaction of the change that caused it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PlannedOutbox implements Outbox {

    /** Why a message is taken back from the gateway; part of the API as a message's reason. */
    static final String SUPERSEDED = "superseded";

    static final String OPTED_OUT = "opted-out";

    /** Later it would be an odd answer. */
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofHours(1);

    private final Messages messages;
    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    PlannedOutbox(
            Messages messages, OrganizationProfiles organizations, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.messages = messages;
        this.organizations = organizations;
        this.jdbc = jdbc;
        this.events = events;
    }

    @Override
    public Optional<UUID> plan(PlannedMessage message) {
        return messages.insert(message, 1);
    }

    @Override
    public void notTold(PlannedMessage message, String reason) {
        plan(message)
                .flatMap(messages::lock)
                .ifPresent(planned -> messages.settle(planned, MessageState.EXPIRED, reason, messages.now()));
    }

    @Override
    public void supersede(UUID subjectId, long belowVersion, @Nullable String says) {
        for (var message : messages.lockOlder(subjectId, belowVersion)) {
            messages.markSuperseded(message);
            if (message.state().isWaiting()) {
                messages.settle(message, MessageState.SUPERSEDED, null, messages.now());
            } else if (message.state().isAtGateway()) {
                messages.wantBack(message, SUPERSEDED);
            }
        }
        if (says != null) {
            var again = messages.holdAgain(subjectId, says);
            if (!again.isEmpty() && lastTold(subjectId).filter(says::equals).isPresent()) {
                events.publishEvent(new ToldHoldsAgain(subjectId, again));
            }
        }
    }

    @Override
    public void withdrawAllTo(String phone) {
        for (var message : messages.lockAtGateway(phone)) {
            messages.wantBack(message, OPTED_OUT);
        }
    }

    @Override
    public void withdrawAllTo(UUID contactId) {
        for (var message : messages.lockAtGateway(contactId)) {
            messages.wantBack(message, OPTED_OUT);
        }
    }

    @Override
    public void acknowledge(Acknowledgement what, PatientContact patient, UUID lineId) {
        acknowledge(what, Addressee.patient(patient.id()), patient.language(), lineId);
    }

    @Override
    public void acknowledge(Acknowledgement what, UUID contactId, UUID lineId) {
        acknowledge(what, Addressee.contact(contactId), organizations.current().locale(), lineId);
    }

    private void acknowledge(Acknowledgement what, Addressee to, String language, UUID lineId) {
        messages.insertWritten(
                StoredMessage.CONSENT,
                to,
                lineId,
                new Payload.Text(what.text(language)),
                messages.now().plus(ACKNOWLEDGED_WITHIN),
                null);
    }

    @Override
    public Optional<String> lastTold(UUID subjectId) {
        return jdbc.sql("""
                        select coalesce(says, ?) from message
                         where organization_id = ? and subject_id = ? and out_at is not null
                           and state not in ('failed', 'expired')
                         order by out_at desc, id desc limit 1
                        """)
                .params(NOTHING_HOLDS, CurrentOrganization.id(), subjectId)
                .query(String.class)
                .optional();
    }

    @Override
    public List<PlannedMessage> interrupted(UUID subjectId, long version) {
        return messages.interrupted(subjectId, version).stream()
                .map(message -> new PlannedMessage(
                        subjectId,
                        version,
                        message.templateKind(),
                        message.ruleId(),
                        message.ofPatient(),
                        null,
                        message.says(),
                        message.dueAt(),
                        message.usefulUntil()))
                .toList();
    }

    @Override
    public Set<UUID> overtaken(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        // The offset keeps the few messages of a subject from being looked for among all that wait.
        return new HashSet<>(jdbc.sql("""
                        select m.id from message m
                         where m.organization_id = :org and m.id = any (:ids)
                           and exists (select from (
                                       select state, due_at, id from message
                                        where organization_id = :org and subject_id = m.subject_id
                                          and subject_version = m.subject_version and kind = m.kind offset 0) n
                                        where n.state in ('planned', 'queued') and n.due_at <= :now
                                          and (n.due_at, n.id) > (m.due_at, m.id))
                        """)
                .param("org", CurrentOrganization.id())
                .param("ids", ids.toArray(UUID[]::new))
                .param("now", SqlTime.at(messages.now()))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    @Override
    public boolean told(UUID subjectId, UUID ruleId, String says) {
        return jdbc.sql("""
                        select exists (select from message
                                        where organization_id = ? and subject_id = ? and rule_id = ? and says = ?
                                          and out_at is not null and state not in ('failed', 'expired'))
                        """)
                .params(CurrentOrganization.id(), subjectId, ruleId, says)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean told(UUID subjectId) {
        return jdbc.sql("""
                        select exists (select from message
                                        where organization_id = ? and subject_id = ? and out_at is not null)
                        """)
                .params(CurrentOrganization.id(), subjectId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean toldAlong(UUID subjectId) {
        return jdbc.sql("""
                        select exists (select from message_along l
                                         join message m on m.organization_id = l.organization_id and m.id = l.message_id
                                        where l.organization_id = ? and l.subject_id = ? and m.out_at is not null)
                        """)
                .params(CurrentOrganization.id(), subjectId)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void tellAlong(UUID subjectId, long version, Collection<UUID> others) {
        jdbc.sql("""
                insert into message_along (organization_id, message_id, subject_id)
                select m.organization_id, m.id, other.id
                  from message m, unnest(cast(? as uuid[])) as other (id)
                 where m.organization_id = ? and m.subject_id = ? and m.subject_version = ? and m.state = 'planned'
                   and m.kind in ('confirmation', 'reschedule', 'cancellation') and other.id <> m.subject_id
                on conflict do nothing
                """)
                .params(others.toArray(UUID[]::new), CurrentOrganization.id(), subjectId, version)
                .update();
    }

    @Override
    public List<UUID> toBeToldAlong(UUID subjectId) {
        return jdbc.sql("""
                        select distinct l.subject_id from message m
                          join message_along l on l.organization_id = m.organization_id and l.message_id = m.id
                         where m.organization_id = ? and m.subject_id = ? and m.state in ('planned', 'queued')
                         order by l.subject_id
                        """)
                .params(CurrentOrganization.id(), subjectId)
                .query((row, n) -> row.getObject("subject_id", UUID.class))
                .list();
    }

    @Override
    public Map<UUID, List<UUID>> along(Collection<UUID> ids) {
        return jdbc
                .sql("""
                        select message_id, subject_id from message_along
                         where organization_id = ? and message_id = any (?) order by subject_id
                        """)
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .query((row, n) ->
                        Map.entry(row.getObject("message_id", UUID.class), row.getObject("subject_id", UUID.class)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
