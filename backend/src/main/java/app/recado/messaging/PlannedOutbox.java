package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.templates.TemplateKind;
import app.recado.whatsapp.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
                        message.ofPatient(),
                        message.says(),
                        message.dueAt(),
                        message.usefulUntil()))
                .toList();
    }

    @Override
    public boolean told(UUID subjectId, TemplateKind kind, String says) {
        return jdbc.sql("""
                        select exists (select from message
                                        where organization_id = ? and subject_id = ? and kind = ? and says = ?
                                          and out_at is not null and state not in ('failed', 'expired'))
                        """)
                .params(CurrentOrganization.id(), subjectId, kind.wireName(), says)
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
}
