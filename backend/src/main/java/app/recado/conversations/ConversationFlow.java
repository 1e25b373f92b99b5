package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import app.recado.messaging.PatientWrittenTo;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.Contacts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps conversations in step with what is said, in the transaction that stores it. Whoever waits for staff is told by the
 * messages themselves; an answer of the clinic, here or on its own phone, settles those that were written before it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ConversationFlow {

    /** How long Recado goes on with what it understood, when nothing else is said. */
    static final Duration RECADO_CARRIES_ON = Duration.ofHours(24);

    /** The name of the jobs that end that. */
    static final String REST_JOB = "conversation-rest";

    /** Nothing is said by these; the thread shows them where they belong. */
    private static final Set<String> NOTHING_SAID = Set.of("reaction", "delete");

    private final ConversationStore conversations;
    private final ConversationWords words;
    private final OwnPhoneWords ownPhone;
    private final Contacts contacts;
    private final HandOvers handOvers;
    private final ClosedReplies closed;
    private final Tickets tickets;
    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    ConversationFlow(
            ConversationStore conversations,
            ConversationWords words,
            OwnPhoneWords ownPhone,
            Contacts contacts,
            HandOvers handOvers,
            ClosedReplies closed,
            Tickets tickets,
            Jobs jobs,
            JdbcClient jdbc,
            LiveHints hints,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            Clock clock) {
        this.conversations = conversations;
        this.words = words;
        this.ownPhone = ownPhone;
        this.contacts = contacts;
        this.handOvers = handOvers;
        this.closed = closed;
        this.tickets = tickets;
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.hints = hints;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    private record Received(
            UUID contactId,
            UUID lineId,
            boolean fromMe,
            String kind,
            Instant at,
            @Nullable String text,
            boolean needsStaff) {}

    /** Something that arrived was decided about, for the first time or anew. Groups and unknown people have no conversation. */
    public void decided(UUID inboundId) {
        jdbc.sql("""
                        select contact_id, line_id, from_me, kind, least(sent_at, received_at) as at, text, needs_staff
                          from inbound_message
                         where organization_id = ? and id = ? and contact_id is not null and chat_kind = 'direct'
                        """)
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) -> new Received(
                        row.getObject("contact_id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        row.getBoolean("from_me"),
                        row.getString("kind"),
                        SqlTime.instant(row, "at"),
                        row.getString("text"),
                        row.getBoolean("needs_staff")))
                .optional()
                .ifPresent(said -> heard(inboundId, said));
    }

    private void heard(UUID inboundId, Received said) {
        if (said.fromMe() && ownPhone.recadoSent(inboundId)) {
            return;
        }
        var conversation = conversations.lockOrBegin(said.contactId(), said.lineId(), said.at());
        boolean silent = NOTHING_SAID.contains(said.kind());
        if (!silent) {
            words.of(inboundId, conversation.id(), said.at(), said.text());
        }
        if (said.fromMe()) {
            if (!silent && !said.kind().equals("call")) {
                settle(said.contactId(), said.lineId(), said.at(), null, true);
                answer(conversation, new Conversation.Answer(inboundId, null, said.at()));
            }
        } else if (!silent || said.needsStaff()) {
            conversation.heard(said.at(), conversations.waiting(said.contactId(), said.lineId()), clock.instant());
        }
        if (said.needsStaff() && !said.fromMe() && HandOverWords.asks(said.text())) {
            handOvers.request(conversation.id(), HandOvers.Cause.PATIENT, null);
        }
        if (said.needsStaff() && !said.fromMe() && !silent && !said.kind().equals("identity-changed")) {
            closed.heard(conversation.stored(), said.at());
            tickets.heard(conversation.id(), said.text());
        }
        if (conversation.state() == ConversationState.PENDING) {
            jobs.schedule(REST_JOB, JobId.of(conversation.id()), clock.instant().plus(RECADO_CARRIES_ON));
        }
        conversations.save(conversation);
    }

    /** Something was kept and decided about for the first time: others hear of it, once. Echoes of what Recado sent are nothing
     * new; reactions and deletions stand on what was said before. */
    public void kept(UUID inboundId) {
        jdbc.sql("""
                        select c.id, c.line_id, i.from_me, i.kind
                          from inbound_message i
                          join conversation c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
                               and c.line_id = i.line_id
                         where i.organization_id = ? and i.id = ? and i.chat_kind = 'direct'
                        """)
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) -> new Kept(
                        row.getString("kind"),
                        new MessageHeard(
                                row.getObject("id", UUID.class),
                                inboundId,
                                row.getObject("line_id", UUID.class),
                                row.getBoolean("from_me"))))
                .optional()
                .filter(kept -> !kept.kind().equals("delete"))
                .filter(kept -> !kept.heard().fromMe() || !ownPhone.recadoSent(inboundId))
                .ifPresent(kept -> publisher.publishEvent(kept.event()));
    }

    private record Kept(String kind, MessageHeard heard) {
        Object event() {
            return kind.equals("reaction")
                    ? new ReactionHeard(heard.conversationId(), heard.messageId(), heard.lineId())
                    : heard;
        }
    }

    /** Single messages of a conversation were settled: it waits for what is left. */
    public void settled(UUID inboundId) {
        jdbc.sql("""
                        select contact_id, line_id from inbound_message
                         where organization_id = ? and id = ? and contact_id is not null and chat_kind = 'direct'
                        """)
                .params(CurrentOrganization.id(), inboundId)
                .query((row, n) ->
                        new UUID[] {row.getObject("contact_id", UUID.class), row.getObject("line_id", UUID.class)})
                .optional()
                .flatMap(of -> conversations.lockOf(of[0], of[1]))
                .ifPresent(conversation -> {
                    var row = conversation.stored();
                    conversation.waits(conversations.waiting(row.contactId(), row.lineId()));
                    conversations.save(conversation);
                });
    }

    /** Somebody wrote from elsewhere than the inbox: a patient's card, the API. */
    @EventListener
    public void written(PatientWrittenTo message) {
        var contact = contactOf(message);
        if (contact == null) {
            return;
        }
        jdbc.sql("""
                        select m.created_at, m.created_by, coalesce(m.content ->> 'text', m.content ->> 'caption') as words,
                               a.name
                          from message m
                          left join inbox_member a on a.organization_id = m.organization_id and a.account = m.created_by
                         where m.organization_id = ? and m.id = ? and coalesce(m.content ->> 'kind', 'text') <> 'reaction'
                        """)
                .params(CurrentOrganization.id(), message.messageId())
                .query((row, n) -> new Written(
                        new Conversation.Answer(
                                message.messageId(), row.getString("created_by"), SqlTime.instant(row, "created_at")),
                        row.getString("words"),
                        row.getString("name")))
                .optional()
                .ifPresent(written -> {
                    var conversation = conversations.lockOrBegin(
                            contact, message.lineId(), written.answer().at());
                    var known = conversation.lastAnswer();
                    if (known == null || known.at().isBefore(written.answer().at())) {
                        answered(conversation, written.answer(), written.words(), written.by());
                    }
                });
    }

    private record Written(
            Conversation.Answer answer,
            @Nullable String words,
            @Nullable String by) {}

    /**
     * Somebody of the clinic answered in words of their own.
     *
     * @param conversation locked; it is saved
     * @param by as they are called; null when that is not known
     */
    public void answered(
            Conversation conversation, Conversation.Answer answer, @Nullable String text, @Nullable String by) {
        var row = conversation.stored();
        words.of(answer.id(), conversation.id(), answer.at(), text);
        settle(row.contactId(), row.lineId(), answer.at(), by, false);
        answer(conversation, answer);
        conversations.save(conversation);
    }

    private void answer(Conversation conversation, Conversation.Answer answer) {
        handOvers.came(conversation.id(), answer.by());
        tickets.answered(conversation.id(), answer.by(), answer.at());
        var row = conversation.stored();
        var waited =
                conversation.answered(answer, conversations.waiting(row.contactId(), row.lineId()), clock.instant());
        if (waited != null && waited.isBefore(answer.at())) {
            metrics.timer("recado.conversations.first.response").record(Duration.between(waited, answer.at()));
        }
    }

    /** What was written before an answer needs nobody any more, but a number that changed: somebody agrees to that or not. */
    private void settle(UUID contactId, UUID lineId, Instant until, @Nullable String by, boolean onThePhone) {
        jdbc.sql("""
                        update inbound_message
                           set handled_at = ?, handled_by = ?, needs_staff = false, version = version + 1
                         where organization_id = ? and contact_id = ? and line_id = ? and needs_staff
                           and kind <> 'identity-changed' and least(sent_at, received_at) <= ?
                           and (not ? or reason is distinct from ?)
                        returning id
                        """)
                .param(SqlTime.at(clock.instant()))
                .param(by)
                .param(CurrentOrganization.id())
                .param(contactId)
                .param(lineId)
                .param(SqlTime.at(until))
                .param(onThePhone)
                .param(OwnPhoneWords.SAID_SINCE)
                .query(UUID.class)
                .list()
                .forEach(id -> hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id));
    }

    /** A conversation is over: nothing in it asks for a person any more. */
    public void settleAll(UUID contactId, UUID lineId, @Nullable String by) {
        jdbc.sql("""
                        update inbound_message
                           set handled_at = ?, handled_by = ?, needs_staff = false, version = version + 1
                         where organization_id = ? and contact_id = ? and line_id = ? and needs_staff
                        returning id
                        """)
                .param(SqlTime.at(clock.instant()))
                .param(by)
                .param(CurrentOrganization.id())
                .param(contactId)
                .param(lineId)
                .query(UUID.class)
                .list()
                .forEach(id -> hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id));
    }

    private @Nullable UUID contactOf(PatientWrittenTo message) {
        if (message.contactId() != null) {
            return message.contactId();
        }
        var phone = message.phone();
        // Almost everybody is known: looking first takes no lock that whoever writes at this moment holds.
        return phone == null
                ? null
                : contacts.byPhone(phone)
                        .or(() -> contacts.seen(message.lineId(), ContactIds.phone(phone), null))
                        .map(Contact::id)
                        .orElse(null);
    }
}
