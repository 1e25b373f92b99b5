package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.AutomaticReplies;
import app.recado.organizations.OrganizationOwners;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.Contacts;
import com.fasterxml.jackson.annotation.JsonValue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A conversation asks for a person: at the patient's own request or at a colleague's. People are called by e-mail, whoever
 * takes it, answers it (also on the clinic's own phone) or ends it has come; when nobody did in time, the patient is told so
 * and the owners are called. All its times are the server's.
 */
@Component
@Transactional
class HandOvers {

    static final String NOTICE_JOB = "hand-over-notice";
    static final String TIMEOUT_JOB = "hand-over-timeout";

    /** Who asked. */
    enum Cause {
        PATIENT,
        STAFF;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;
    private final HandOverSettings settings;
    private final ConversationStore conversations;
    private final Contacts contacts;
    private final PatientContacts patients;
    private final AutomaticReplies replies;
    private final OrganizationProfiles organizations;
    private final OrganizationOwners owners;
    private final Jobs jobs;
    private final LiveHints hints;
    private final MeterRegistry metrics;
    private final Clock clock;

    HandOvers(
            JdbcClient jdbc,
            HandOverSettings settings,
            ConversationStore conversations,
            Contacts contacts,
            PatientContacts patients,
            AutomaticReplies replies,
            OrganizationProfiles organizations,
            OrganizationOwners owners,
            Jobs jobs,
            LiveHints hints,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.conversations = conversations;
        this.contacts = contacts;
        this.patients = patients;
        this.replies = replies;
        this.organizations = organizations;
        this.owners = owners;
        this.jobs = jobs;
        this.hints = hints;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Asks for a person. Nothing changes while one is asked for already. Part of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void request(UUID conversationId, Cause cause, @Nullable Staff by) {
        var now = clock.instant();
        var deadline = now.plus(Duration.ofMinutes(settings.current().minutes()));
        var id = Ids.next();
        int asked = jdbc.sql("""
                        insert into hand_over (organization_id, id, conversation_id, cause, state, requested_at, requested_by,
                                               deadline_at)
                        values (?, ?, ?, ?, 'waiting', ?, ?, ?)
                        on conflict (organization_id, conversation_id) where state = 'waiting' do nothing
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(conversationId)
                .param(cause.wireName())
                .param(SqlTime.at(now))
                .param(by == null ? null : by.name())
                .param(SqlTime.at(deadline))
                .update();
        if (asked == 0) {
            return;
        }
        jobs.schedule(NOTICE_JOB, JobId.of(id), now);
        jobs.schedule(TIMEOUT_JOB, JobId.of(id), deadline);
        count("requested");
        hints.changed(LiveHints.Kind.CONVERSATION, conversationId);
    }

    /** Somebody came, or nobody has to any more. Nothing changes where nobody is asked for. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void came(UUID conversationId, @Nullable String by) {
        int taken = jdbc.sql("""
                        update hand_over set state = 'taken', settled_at = ?, settled_by = ?, version = version + 1
                         where organization_id = ? and conversation_id = ? and state = 'waiting'
                        """)
                .param(SqlTime.at(clock.instant()))
                .param(by)
                .param(CurrentOrganization.id())
                .param(conversationId)
                .update();
        if (taken > 0) {
            count("taken");
        }
    }

    /** A request that still waits.
     *
     * @param conversationId where */
    record Waiting(UUID conversationId, Cause cause) {}

    /** Empty when somebody came. */
    @Transactional(readOnly = true)
    public Optional<Waiting> waiting(UUID id) {
        return jdbc.sql("""
                        select conversation_id, cause from hand_over
                         where organization_id = ? and id = ? and state = 'waiting'
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Waiting(
                        row.getObject("conversation_id", UUID.class),
                        Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT))))
                .optional();
    }

    /**
     * Tells the people whom the clinic chose on their own phones, on the line of the conversation, once. A transaction of its
     * own, so that a mail server that is away repeats nothing. Names no patient.
     */
    public void tellPhones(UUID id) {
        var phones = settings.current().phones();
        if (phones.isEmpty()) {
            return;
        }
        var conversation = jdbc.sql("""
                        update hand_over set phones_told_at = ?
                         where organization_id = ? and id = ? and state = 'waiting' and phones_told_at is null
                        returning conversation_id
                        """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                .query(UUID.class)
                .optional();
        if (conversation.isEmpty()) {
            return;
        }
        var line = conversations.lock(conversation.get()).stored().lineId();
        var text = HandOverTexts.call(
                        organizations.current(),
                        conversation.get(),
                        HandOverCalls.Reason.ASKED,
                        owners.consoleAddress())
                .text();
        for (var phone : phones) {
            contacts.seen(line, ContactIds.phone(phone), null)
                    .ifPresent(contact -> replies.tell(contact.id(), null, line, text));
        }
    }

    /** Its time may be over: then the patient is told, once.
     *
     * @return whether nobody came */
    public boolean timedOut(UUID id) {
        var conversation = jdbc.sql("""
                        update hand_over set state = 'timed-out', settled_at = ?, version = version + 1
                         where organization_id = ? and id = ? and state = 'waiting' and deadline_at <= ?
                        returning conversation_id
                        """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), id, SqlTime.at(clock.instant()))
                .query(UUID.class)
                .optional();
        conversation.ifPresent(this::tell);
        return conversation.isPresent();
    }

    private void tell(UUID conversationId) {
        var row = conversations.lock(conversationId).stored();
        var phone = contacts.find(row.contactId()).orElseThrow().phone();
        var people = phone == null ? List.<PatientContact>of() : patients.byPhone(phone);
        var only = people.size() == 1 ? people.getFirst() : null;
        var language = only == null ? organizations.current().locale() : only.language();
        var own = settings.current().timeoutText();
        replies.tell(
                row.contactId(),
                only == null ? null : only.id(),
                row.lineId(),
                own == null ? HandOverTexts.nobodyCame(language) : own);
        count("timed-out");
        hints.changed(LiveHints.Kind.CONVERSATION, conversationId);
    }

    private void count(String outcome) {
        metrics.counter("recado.conversations.hand.overs", "outcome", outcome).increment();
    }
}
