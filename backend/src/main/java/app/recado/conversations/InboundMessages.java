package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.ContactKnown;
import app.recado.whatsapp.InboundReceived;
import app.recado.whatsapp.MediaFetched;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Everything that was written to the clinic, kept once. {@link InboundViews} reads it for people. */
@Repository
@Transactional
class InboundMessages {

    private static final Logger LOG = LoggerFactory.getLogger(InboundMessages.class);

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final InboundViews views;
    private final MeterRegistry metrics;
    private final JsonMapper json;
    private final ReadReceipts receipts;
    private final ConversationFlow conversations;
    private final Clock clock;

    InboundMessages(
            JdbcClient jdbc,
            LiveHints hints,
            InboundViews views,
            MeterRegistry metrics,
            JsonMapper json,
            ReadReceipts receipts,
            ConversationFlow conversations,
            Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.views = views;
        this.metrics = metrics;
        this.json = json;
        this.receipts = receipts;
        this.conversations = conversations;
        this.clock = clock;
    }

    /**
     * Keeps a message; what to do about it is decided next, in the same transaction. Content that arrives after all takes
     * the place of the note that it could not be shown.
     *
     * @param contact whom the chat is with; null for groups and when nobody knows
     * @return its id, or empty when it is kept already. Provider ids are unique only within a chat, so line, chat, sender
     *     and direction belong to the key
     */
    public Optional<UUID> store(InboundReceived message, @Nullable Contact contact) {
        var content = message.content();
        var media = message.chat().isDirect() ? content.media() : null;
        var call = content.call();
        var chatKey = contact == null ? message.chat().id() : chatKey(contact);
        return jdbc.sql("""
                        insert into inbound_message (organization_id, id, line_id, chat_key, sender_key, from_me,
                               provider_message_id, phone, sender_name, text, kind, chat_kind, quoted_provider_message_id,
                               offline, sent_at, received_at, outcome, media_id, media_kind, media_state, media_type,
                               media_size, media_name, location, contacts, choice_id, contact_id,
                               target_provider_message_id, call_video, call_missed, stub_reason, identity_change)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?,
                                ?, ?, ?, ?, ?, ?::jsonb)
                        on conflict (organization_id, line_id, chat_key, sender_key, from_me, provider_message_id)
                        do update set text = excluded.text, kind = excluded.kind, stub_reason = null,
                               quoted_provider_message_id = excluded.quoted_provider_message_id,
                               media_id = excluded.media_id, media_kind = excluded.media_kind,
                               media_state = excluded.media_state, media_type = excluded.media_type,
                               media_size = excluded.media_size, media_name = excluded.media_name,
                               location = excluded.location, contacts = excluded.contacts,
                               choice_id = excluded.choice_id, handled_at = null, handled_by = null,
                               version = inbound_message.version + 1
                         where inbound_message.kind = 'unavailable' and excluded.kind <> 'unavailable'
                        returning id
                        """)
                .param(CurrentOrganization.id())
                .param(Ids.next())
                .param(message.lineId())
                .param(chatKey)
                .param(
                        contact != null && !message.fromMe()
                                ? chatKey
                                : message.sender().ids().key())
                .param(message.fromMe())
                .param(message.providerMessageId())
                .param(contact == null ? null : contact.phone())
                .param(message.sender().name())
                .param(content.text())
                .param(content.kind())
                .param(message.chat().kind())
                .param(content.quotedProviderMessageId())
                .param(message.offline())
                .param(SqlTime.at(message.sentAt()))
                .param(SqlTime.at(clock.instant()))
                .param(Outcome.FOR_STAFF.wireName())
                .param(media == null ? null : media.id())
                .param(media == null ? null : media.kind())
                .param(media == null ? null : InboundView.Attachment.PENDING)
                .param(media == null ? null : media.contentType())
                .param(media == null ? null : media.size())
                .param(media == null ? null : media.fileName())
                .param(content.location() == null ? null : json.writeValueAsString(content.location()))
                .param(content.contacts().isEmpty() ? null : json.writeValueAsString(content.contacts()))
                .param(content.choice() == null ? null : content.choice().id())
                .param(contact == null ? null : contact.id())
                .param(content.targetProviderMessageId())
                .param(call == null ? null : call.video())
                .param(call == null ? null : call.missed())
                .param(content.stub() == null ? null : content.stub().reason())
                .param(content.change() == null ? null : json.writeValueAsString(content.change()))
                .query(UUID.class)
                .optional();
    }

    /** Of a direct chat: the phone once it is known, so that it stays the same whatever else becomes known. */
    private static String chatKey(Contact contact) {
        return contact.phone() == null ? "contact:" + contact.id() : contact.phone();
    }

    /** What somebody wrote stays theirs when their number becomes known or two turn out to be one.
     *
     * @param patientId the only patient with that number; null when there are none or several */
    public void nowOf(ContactKnown known, @Nullable UUID patientId) {
        var contact = known.contact();
        var all =
                Stream.concat(Stream.of(contact.id()), known.others().stream()).toArray(UUID[]::new);
        var ids = jdbc.sql("""
                        update inbound_message i
                           set contact_id = ?, phone = coalesce(?, phone), patient_id = coalesce(patient_id, ?),
                               chat_key = ?, sender_key = case when from_me then sender_key else ? end,
                               version = version + 1
                         where organization_id = ? and contact_id = any (?) and phone is distinct from ?
                           and not exists (
                               select from inbound_message o
                                where o.organization_id = i.organization_id and o.line_id = i.line_id and o.id <> i.id
                                  and o.chat_key = ? and o.from_me = i.from_me
                                  and o.provider_message_id = i.provider_message_id)
                        returning id
                        """)
                .param(contact.id())
                .param(contact.phone())
                .param(patientId)
                .param(chatKey(contact))
                .param(chatKey(contact))
                .param(CurrentOrganization.id())
                .param(all)
                .param(contact.phone())
                .param(chatKey(contact))
                .query(UUID.class)
                .list();
        jdbc.sql("update inbound_message set contact_id = ? where organization_id = ? and contact_id = any (?)")
                .params(contact.id(), CurrentOrganization.id(), all)
                .update();
        ids.forEach(id -> hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id));
    }

    /** Records what became of media; repetitions and media of unknown messages change nothing. */
    public void fetched(MediaFetched media) {
        jdbc.sql("""
                        update inbound_message
                           set media_state = ?, media_key = ?, media_type = ?, media_size = coalesce(?, media_size),
                               media_sha256 = ?, version = version + 1
                         where organization_id = ? and media_id = ? and media_state = 'pending'
                        returning id
                        """)
                .param(media.state())
                .param(media.key())
                .param(media.contentType())
                .param(media.size())
                .param(media.sha256())
                .param(CurrentOrganization.id())
                .param(media.mediaId())
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional()
                .ifPresent(id -> hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id));
        metrics.counter("recado.inbound.media", "state", media.state()).increment();
    }

    /** Where the bytes of a message's media lie.
     *
     * @param fileName as its sender called it; null when it has no name
     * @param patientId whose it is; null when that is not certain */
    record StoredMedia(
            String key,
            String contentType,
            long size,
            @Nullable String fileName,
            @Nullable UUID patientId) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} for messages without media that was kept */
    @Transactional(readOnly = true)
    public StoredMedia media(UUID id) {
        return jdbc.sql("""
                        select media_key, media_type, media_size, media_name, patient_id from inbound_message
                         where organization_id = ? and id = ? and media_state = 'stored'
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new StoredMedia(
                        row.getString("media_key"),
                        Objects.requireNonNullElse(row.getString("media_type"), "application/octet-stream"),
                        row.getLong("media_size"),
                        row.getString("media_name"),
                        row.getObject("patient_id", UUID.class)))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("No file of this message is kept"));
    }

    /** Records what was decided and tells open consoles. */
    public void decide(UUID id, Decision decision) {
        jdbc.sql("""
                update inbound_message
                   set outcome = ?, reason = ?, patient_id = ?, appointment_id = ?, message_id = ?, needs_staff = ?
                 where organization_id = ? and id = ?
                """)
                .param(decision.outcome().wireName())
                .param(decision.reason())
                .param(decision.patientId())
                .param(decision.appointmentId())
                .param(decision.messageId())
                .param(decision.needsStaff())
                .param(CurrentOrganization.id())
                .param(id)
                .update();
        if (decision.visits() instanceof List<Decision.About> visits) {
            attach(id, visits);
        }
        conversations.decided(id);
        hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id);
        metrics.counter("recado.inbound", "outcome", decision.outcome().wireName())
                .increment();
        LOG.info(
                "Inbound message {} is {}{}",
                id,
                decision.outcome().wireName(),
                decision.reason() == null ? "" : ": " + decision.reason());
    }

    private void attach(UUID id, List<Decision.About> visits) {
        jdbc.sql("delete from inbound_message_visit where organization_id = ? and inbound_message_id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        for (var visit : visits) {
            jdbc.sql("""
                    insert into inbound_message_visit (organization_id, inbound_message_id, appointment_id, message_id, outcome)
                    values (?, ?, ?, ?, ?)
                    """)
                    .param(CurrentOrganization.id())
                    .param(id)
                    .param(visit.appointmentId())
                    .param(visit.messageId())
                    .param(visit.outcome() == null ? null : visit.outcome().wireName())
                    .update();
        }
    }

    /** The visits that it is about when one message told several, and whether somebody said what it means for each. */
    @Transactional(readOnly = true)
    public Map<UUID, Boolean> severalVisits(UUID id) {
        var visits = new HashMap<UUID, Boolean>();
        jdbc.sql("""
                        select appointment_id, outcome is not null as said from inbound_message_visit
                         where organization_id = ? and inbound_message_id = ?
                        """).params(CurrentOrganization.id(), id).query(row -> {
            visits.put(row.getObject("appointment_id", UUID.class), row.getBoolean("said"));
        });
        return visits;
    }

    /** Staff said what it means for one of several visits; for others nobody has yet, so it goes on waiting. */
    public InboundView saidOfOne(UUID id) {
        jdbc.sql("update inbound_message set version = version + 1 where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id);
        return views.one(id);
    }

    /** Keeps what it means for one of several visits; changes nothing where it is about one. */
    public void saysOf(UUID id, UUID appointmentId, Outcome outcome) {
        jdbc.sql("""
                update inbound_message_visit set outcome = ?
                 where organization_id = ? and inbound_message_id = ? and appointment_id = ?
                """)
                .params(outcome.wireName(), CurrentOrganization.id(), id, appointmentId)
                .update();
    }

    /** A flow had gone on with it and leaves it to a person. What is known of its patient and visit stays.
     *
     * @param reason a code that says why */
    public void leftToPerson(UUID id, String reason) {
        jdbc.sql("""
                update inbound_message
                   set outcome = 'for-staff', reason = ?, needs_staff = handled_at is null, version = version + 1
                 where organization_id = ? and id = ?
                """).params(reason, CurrentOrganization.id(), id).update();
        conversations.decided(id);
        hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id);
    }

    /**
     * Somebody took care of it.
     *
     * @param by who, as they are called
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}
     */
    public InboundView handle(UUID id, ExpectedVersion expected, String by) {
        var current = views.locked(id);
        expected.mustBe(current.version());
        return settle(id, by, current.reason());
    }

    /** Nobody has to look at it any more. @param reason what stands beside its outcome from now on */
    InboundView settle(UUID id, String by, @Nullable String reason) {
        jdbc.sql("""
                update inbound_message
                   set handled_at = ?, handled_by = ?, reason = ?, needs_staff = false, version = version + 1
                 where organization_id = ? and id = ?
                """)
                .param(SqlTime.at(clock.instant()))
                .param(by)
                .param(reason)
                .param(CurrentOrganization.id())
                .param(id)
                .update();
        receipts.read(id);
        conversations.settled(id);
        hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id);
        return views.one(id);
    }

    /** Staff gave it to a visit. */
    public InboundView assigned(UUID id, Outcome outcome, UUID patientId, UUID appointmentId, String by) {
        jdbc.sql("""
                update inbound_message
                   set outcome = ?, reason = null, patient_id = ?, appointment_id = ?, handled_at = ?, handled_by = ?,
                       needs_staff = false, version = version + 1
                 where organization_id = ? and id = ?
                """)
                .params(
                        outcome.wireName(),
                        patientId,
                        appointmentId,
                        SqlTime.at(clock.instant()),
                        by,
                        CurrentOrganization.id(),
                        id)
                .update();
        receipts.read(id);
        conversations.settled(id);
        hints.changed(LiveHints.Kind.INBOUND_MESSAGE, id);
        return views.one(id);
    }
}
