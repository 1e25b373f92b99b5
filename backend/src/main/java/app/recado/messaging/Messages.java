package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.Payload;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of the outbox. Hand-written SQL rather than entities: every change compares a state under the row's lock, and a
 * session that remembers what it read before the lock would compare yesterday's.
 */
@Repository
class Messages {

    /** PostgreSQL channel that wakes the workers of all replicas. */
    static final String CHANNEL = "recado_outbox";

    private final JdbcClient jdbc;
    private final MessageWriter writer;
    private final Clock clock;

    Messages(JdbcClient jdbc, MessageWriter writer, Clock clock) {
        this.jdbc = jdbc;
        this.writer = writer;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Optional<StoredMessage> find(UUID id) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + " from message where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query(StoredMessage::of)
                .optional();
    }

    /** Waits for whoever holds the row, then reads it anew. */
    Optional<StoredMessage> lock(UUID id) {
        return jdbc.sql("select " + StoredMessage.COLUMNS
                        + " from message where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(StoredMessage::of)
                .optional();
    }

    /** The message that an engine knows under an id of its own. */
    Optional<StoredMessage> lockKnownAs(UUID lineId, String engineMessageId) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and line_id = ? and engine_message_id = ? for update
                        """)
                .params(CurrentOrganization.id(), lineId, engineMessageId)
                .query(StoredMessage::of)
                .optional();
    }

    /** Remembers by which id the engine speaks of a locked message; null to forget it, before another attempt. */
    void knownAs(StoredMessage message, @Nullable String engineMessageId) {
        jdbc.sql("update message set engine_message_id = ? where organization_id = ? and id = ?")
                .param(engineMessageId)
                .param(CurrentOrganization.id())
                .param(message.id())
                .update();
    }

    /** Waits for whoever holds the rows, in the order of their ids. */
    Map<UUID, StoredMessage> lockAll(Collection<UUID> ids) {
        return jdbc
                .sql("select " + StoredMessage.COLUMNS
                        + " from message where organization_id = ? and id = any(?) order by id for update")
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .query(StoredMessage::of)
                .list()
                .stream()
                .collect(Collectors.toMap(StoredMessage::id, Function.identity()));
    }

    /** As they are now, not locked. */
    List<StoredMessage> findAll(Collection<UUID> ids) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + " from message where organization_id = ? and id = any(?)")
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .query(StoredMessage::of)
                .list();
    }

    /** All messages of a subject below a version that are not marked superseded yet, locked. */
    List<StoredMessage> lockOlder(UUID subjectId, long belowVersion) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and subject_id = ? and subject_version < ? and superseded_at is null
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), subjectId, belowVersion)
                .query(StoredMessage::of)
                .list();
    }

    List<StoredMessage> lockAtGateway(String phone) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and phone = ? and state in ('handed', 'accepted') and lead_id is null
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), phone)
                .query(StoredMessage::of)
                .list();
    }

    /** What the engine has for a contact, at whatever address. */
    List<StoredMessage> lockAtGateway(UUID contactId) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and contact_id = ? and state in ('handed', 'accepted')
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), contactId)
                .query(StoredMessage::of)
                .list();
    }

    /** What waits for patients and no engine has yet. */
    List<StoredMessage> lockWaitingOf(Collection<UUID> patients) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and patient_id = any (?) and state in ('planned', 'queued')
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), patients.toArray(UUID[]::new))
                .query(StoredMessage::of)
                .list();
    }

    /** What an engine has for a patient. */
    List<StoredMessage> lockAtGatewayOf(UUID patientId) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and patient_id = ? and state in ('handed', 'accepted')
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), patientId)
                .query(StoredMessage::of)
                .list();
    }

    /** Plans a row; empty when that attempt exists, or for a correction anything of its kind about that version. */
    Optional<UUID> insert(PlannedMessage message, int attempt) {
        var id = Ids.next();
        var now = now();
        int inserted = jdbc.sql("""
                        insert into message (organization_id, id, subject_id, subject_version, kind, rule_id, attempt,
                                             patient_id, line_id, says, state, due_at, useful_until, next_attempt_at, ready,
                                             created_at, updated_at)
                        select :org, :id, :subject, :version, :kind, cast(:rule as uuid), :attempt, :patient,
                               cast(:line as uuid), :says, 'planned', :due, :until, :due, :ready, :now, :now
                         where cast(:rule as uuid) is not null or :attempt > 1
                            or not exists (select from message
                                            where organization_id = :org and subject_id = :subject
                                              and subject_version = :version and kind = :kind)
                        on conflict (organization_id, subject_id, subject_version, kind, rule_id, attempt) do nothing
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("subject", message.subjectId())
                .param("version", message.version())
                .param("kind", message.kind().wireName())
                .param("rule", message.ruleId())
                .param("attempt", attempt)
                .param("patient", message.patientId())
                .param("line", message.lineId())
                .param("says", message.says())
                .param("due", SqlTime.at(message.dueAt()))
                .param("until", SqlTime.at(message.usefulUntil()))
                .param("ready", !message.dueAt().isAfter(now))
                .param("now", SqlTime.at(now))
                .update();
        if (inserted == 0) {
            return Optional.empty();
        }
        step(id, MessageState.PLANNED, null, now);
        writer.tell(id, message.subjectId(), message.kind().wireName(), MessageState.PLANNED);
        if (!message.dueAt().isAfter(now)) {
            wake();
        }
        return Optional.of(id);
    }

    /** Keeps what somebody of the clinic wants to say, or what Recado answers by itself; due at once.
     *
     * @param kind {@link StoredMessage#MANUAL}, {@link StoredMessage#CONSENT} or {@link StoredMessage#VERIFICATION}
     * @param lineId the line it leaves on; null for whatever is the default one by then
     * @param by the account that wrote it; null for Recado itself */
    UUID insertWritten(
            String kind,
            Addressee to,
            @Nullable UUID lineId,
            Payload content,
            Instant usefulUntil,
            @Nullable String by) {
        var id = Ids.next();
        var now = SqlTime.at(now());
        jdbc.sql("""
                        insert into message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id, contact_id,
                                             state, line_id, due_at, useful_until, next_attempt_at, ready, content, created_by,
                                             created_at, updated_at)
                        values (?, ?, ?, 1, ?, 1, ?, ?, 'planned', ?, ?, ?, ?, true, ?::jsonb, ?, ?, ?)
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(id)
                .param(kind)
                .param(to.patientId())
                .param(to.contactId())
                .param(lineId)
                .param(now)
                .param(SqlTime.at(usefulUntil))
                .param(now)
                .param(MessageWriter.json(content))
                .param(by)
                .param(now)
                .param(now)
                .update();
        step(id, MessageState.PLANNED, null, now());
        writer.tell(id, id, kind, MessageState.PLANNED);
        wake();
        return id;
    }

    /** A message was sent again, on purpose. */
    void markRetried(StoredMessage message, UUID successor) {
        jdbc.sql("update message set retried_by = ?, version = version + 1 where organization_id = ? and id = ?")
                .params(successor, CurrentOrganization.id(), message.id())
                .update();
    }

    /** The same message once more, on purpose: what became of the first attempt is known and it was not delivered. */
    Optional<UUID> insertAgain(StoredMessage message) {
        var again = new PlannedMessage(
                message.subjectId(),
                message.subjectVersion(),
                message.templateKind(),
                message.ruleId(),
                message.ofPatient(),
                null,
                message.says(),
                now(),
                message.usefulUntil());
        var id = insert(again, message.attempt() + 1);
        id.ifPresent(successor -> {
            markRetried(message, successor);
            jdbc.sql("""
                    insert into message_along (organization_id, message_id, subject_id)
                    select organization_id, ?, subject_id from message_along where organization_id = ? and message_id = ?
                    """)
                    .params(successor, CurrentOrganization.id(), message.id())
                    .update();
        });
        return id;
    }

    /** Moves a locked message to a state for which the worker has nothing to do, and records the step. */
    void settle(StoredMessage message, MessageState to, @Nullable String reason, Instant at) {
        writer.write(List.of(MessageChange.settled(message, to, reason, at)));
    }

    /** Writes changes of locked messages. */
    void write(List<MessageChange> changes) {
        writer.write(changes);
    }

    /**
     * Asks the worker to take a locked message back from its engine. While a call is under way that call's answer comes
     * first; nothing else leaves in the conversation until it is settled.
     */
    void wantBack(StoredMessage message, String reason) {
        boolean underWay = message.state() == MessageState.HANDED
                && message.nextAttemptAt() instanceof Instant until
                && until.isAfter(now());
        jdbc.sql("""
                update message set withdraw_reason = coalesce(withdraw_reason, ?), rank = ?, holds_conversation = true,
                       attempts = case when ? then attempts else 0 end,
                       next_attempt_at = case when ? then next_attempt_at else ? end, ready = not ?
                 where organization_id = ? and id = ?
                """)
                .params(
                        reason,
                        StoredMessage.TAKE_BACK,
                        underWay,
                        underWay,
                        SqlTime.at(now()),
                        underWay,
                        CurrentOrganization.id(),
                        message.id())
                .update();
        wake();
    }

    /** What carries it is asked back, and the answer is for both: until then there is nothing to do. */
    void awaitLead(StoredMessage message) {
        jdbc.sql("""
                update message set next_attempt_at = null, ready = false, holds_conversation = false
                 where organization_id = ? and id = ?
                """).params(CurrentOrganization.id(), message.id()).update();
    }

    /** What a locked message carries, locked, too; nothing for most. */
    List<StoredMessage> carriedBy(StoredMessage message) {
        return message.leads() ? writer.carriedBy(message.id()) : List.of();
    }

    /** The answer to taking it back is known; there is nothing left for the worker to do. */
    void settleWithdrawal(StoredMessage message) {
        jdbc.sql("""
                update message set withdraw_reason = null, next_attempt_at = null, ready = false, rank = priority,
                       holds_conversation = false, attempts = 0
                 where organization_id = ? and id = ?
                """).params(CurrentOrganization.id(), message.id()).update();
    }

    /** Of each kind and rule the first attempt for a version that was superseded before it left. */
    List<StoredMessage> interrupted(UUID subjectId, long version) {
        return jdbc.sql("select " + StoredMessage.COLUMNS + """
                         from message
                         where organization_id = ? and subject_id = ? and subject_version = ? and attempt = 1
                           and (state = 'superseded' and reason is null or state in ('handed', 'accepted', 'withdrawn')
                                and coalesce(withdraw_reason, reason) = ?)
                         order by id
                        """)
                .params(CurrentOrganization.id(), subjectId, version, PlannedOutbox.SUPERSEDED)
                .query(StoredMessage::of)
                .list();
    }

    void markSuperseded(StoredMessage message) {
        jdbc.sql("update message set superseded_at = ? where organization_id = ? and id = ?")
                .params(SqlTime.at(now()), CurrentOrganization.id(), message.id())
                .update();
    }

    /** What the patient was told of the subject is so again: an answer to it counts.
     *
     * @return the messages that told it */
    List<UUID> holdAgain(UUID subjectId, String says) {
        return jdbc.sql("""
                        update message set superseded_at = null
                         where organization_id = ? and subject_id = ? and says = ? and superseded_at is not null
                           and out_at is not null
                        returning id
                        """)
                .params(CurrentOrganization.id(), subjectId, says)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Records a step that does not change the state, such as a delivery heard of after it was read. */
    void step(UUID messageId, MessageState state, @Nullable String reason, Instant at) {
        writer.steps(List.of(new MessageWriter.Step(messageId, state, reason, at)));
    }

    boolean hasStep(UUID messageId, MessageState state) {
        return jdbc.sql("""
                        select exists (select from message_step
                                        where organization_id = ? and message_id = ? and state = ?)
                        """)
                .params(CurrentOrganization.id(), messageId, state.wireName())
                .query(Boolean.class)
                .single();
    }

    /** What waits for the line is looked at again now. Locked in the order in which superseding locks. */
    void lineIsBack() {
        jdbc.sql("""
                update message set next_attempt_at = ?, ready = true
                 where organization_id = ? and id in (
                       select id from message
                        where organization_id = ? and state = 'queued' and reason = 'line-down'
                          and next_attempt_at is not null
                        order by id for update)
                """)
                .params(SqlTime.at(now()), CurrentOrganization.id(), CurrentOrganization.id())
                .update();
        wake();
    }

    /**
     * What may have been sent without this database knowing, because it was restored from an older backup. What was handed
     * over after the restore is known.
     */
    List<UUID> openAsOf(Instant restoredAt) {
        return jdbc.sql("""
                        select id from message
                         where organization_id = ? and lead_id is null
                           and (state in ('handed', 'accepted', 'sending') and updated_at <= ?
                                or state in ('planned', 'queued') and due_at <= ? and created_at <= ?)
                         order by id
                        """)
                .params(
                        CurrentOrganization.id(),
                        SqlTime.at(restoredAt),
                        SqlTime.at(restoredAt),
                        SqlTime.at(restoredAt))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Wakes the workers for the current organization when this transaction commits. */
    void wake() {
        jdbc.sql("select pg_notify(?, ?)")
                .params(CHANNEL, CurrentOrganization.id().toString())
                .query((row, n) -> n)
                .list();
    }
}
