package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.Payload;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of the outbox. Hand-written SQL rather than entities: every change compares a state under the row's lock, and a
 * session that remembers what it read before the lock would compare yesterday's.
 */
@Repository
class Messages {

    /** PostgreSQL channel that wakes the workers of all replicas. */
    static final String CHANNEL = "recado_outbox";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    Messages(
            JdbcClient jdbc, LiveHints hints, ApplicationEventPublisher publisher, MeterRegistry metrics, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.publisher = publisher;
        this.metrics = metrics;
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
                         where organization_id = ? and phone = ? and state in ('handed', 'accepted')
                         order by id for update
                        """)
                .params(CurrentOrganization.id(), phone)
                .query(StoredMessage::of)
                .list();
    }

    /** Plans a row; empty when that attempt exists. */
    Optional<UUID> insert(PlannedMessage message, int attempt) {
        var id = Ids.next();
        var now = now();
        int inserted = jdbc.sql("""
                        insert into message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id,
                                             state, due_at, useful_until, next_attempt_at, created_at, updated_at)
                        values (?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, ?, ?)
                        on conflict (organization_id, subject_id, subject_version, kind, attempt) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        message.subjectId(),
                        message.version(),
                        message.kind().wireName(),
                        attempt,
                        message.patientId(),
                        SqlTime.at(message.dueAt()),
                        SqlTime.at(message.usefulUntil()),
                        SqlTime.at(message.dueAt()),
                        SqlTime.at(now),
                        SqlTime.at(now))
                .update();
        if (inserted == 0) {
            return Optional.empty();
        }
        step(id, MessageState.PLANNED, null, now);
        tell(id, message.subjectId(), message.kind().wireName(), MessageState.PLANNED);
        if (!message.dueAt().isAfter(now)) {
            wake();
        }
        return Optional.of(id);
    }

    /** Keeps what somebody of the clinic wants to say; due at once.
     *
     * @param lineId the line it leaves on; null for whatever is the default one by then
     * @param by the account that wrote it */
    UUID insertManual(UUID patientId, @Nullable UUID lineId, Payload content, Instant usefulUntil, String by) {
        var id = Ids.next();
        var now = SqlTime.at(now());
        jdbc.sql("""
                        insert into message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id, state,
                                             line_id, due_at, useful_until, next_attempt_at, content, created_by, created_at,
                                             updated_at)
                        values (?, ?, ?, 1, 'manual', 1, ?, 'planned', ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(id)
                .param(patientId)
                .param(lineId)
                .param(now)
                .param(SqlTime.at(usefulUntil))
                .param(now)
                .param(JSON.writerFor(Payload.class).writeValueAsString(content))
                .param(by)
                .param(now)
                .param(now)
                .update();
        step(id, MessageState.PLANNED, null, now());
        tell(id, id, StoredMessage.MANUAL, MessageState.PLANNED);
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
                message.patientId(),
                now(),
                message.usefulUntil());
        var id = insert(again, message.attempt() + 1);
        id.ifPresent(successor -> markRetried(message, successor));
        return id;
    }

    /** Moves a locked message to another state and records the step. */
    void change(
            StoredMessage message,
            MessageState to,
            @Nullable String reason,
            Instant at,
            @Nullable Instant nextAttemptAt) {
        jdbc.sql("""
                update message
                   set state = ?, reason = ?, next_attempt_at = ?, updated_at = ?, out_at = coalesce(out_at, ?),
                       superseded_at = case when ? = 'superseded' then coalesce(superseded_at, ?) else superseded_at end,
                       version = version + 1
                 where organization_id = ? and id = ?
                """)
                .param(to.wireName())
                .param(reason)
                .param(SqlTime.atOrNull(nextAttemptAt))
                .param(SqlTime.at(now()))
                .param(SqlTime.atOrNull(to.isOut() ? at : null))
                .param(to.wireName())
                .param(SqlTime.at(now()))
                .param(CurrentOrganization.id())
                .param(message.id())
                .update();
        if (message.state() != to || !java.util.Objects.equals(message.reason(), reason)) {
            step(message.id(), to, reason, at);
            tell(message.id(), message.subjectId(), message.kind(), to);
        }
        LOG.info(
                "Message {} ({}) is {}{}",
                message.id(),
                message.kind(),
                to.wireName(),
                reason == null ? "" : ": " + reason);
    }

    /**
     * What is handed over.
     *
     * @param text the words, which people are shown; null when there are none
     * @param language the language they are in
     * @param content what leaves, when it is more than the words and was not written by hand; null otherwise
     */
    record Handing(
            UUID lineId,
            String providerMessageId,
            String phone,
            @Nullable String text,
            String language,
            @Nullable Payload content,
            Instant notAfter) {

        /** Words and number belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Handing[lineId=" + lineId + "]";
        }
    }

    /** Fixes for ever what is handed over: repeating it must be the same command, whatever changed meanwhile. */
    void hand(StoredMessage message, Handing handing) {
        var content = handing.content();
        jdbc.sql("""
                update message set line_id = ?, provider_message_id = ?, phone = ?, text = ?, language = ?,
                       content = coalesce(?::jsonb, content), not_after = ?
                 where organization_id = ? and id = ?
                """)
                .param(handing.lineId())
                .param(handing.providerMessageId())
                .param(handing.phone())
                .param(handing.text())
                .param(handing.language())
                .param(content == null ? null : JSON.writerFor(Payload.class).writeValueAsString(content))
                .param(SqlTime.at(handing.notAfter()))
                .param(CurrentOrganization.id())
                .param(message.id())
                .update();
        change(message, MessageState.HANDED, null, now(), now());
        if (message.isManual()) {
            publisher.publishEvent(new PatientWrittenTo(message.id(), handing.lineId(), handing.phone()));
        }
    }

    /** Asks the worker to take a message back from the gateway. */
    void wantBack(StoredMessage message, String reason) {
        jdbc.sql("""
                update message set withdraw_reason = coalesce(withdraw_reason, ?), next_attempt_at = ?
                 where organization_id = ? and id = ?
                """)
                .params(reason, SqlTime.at(now()), CurrentOrganization.id(), message.id())
                .update();
        wake();
    }

    /** The answer to taking it back is known; there is nothing left for the worker to do. */
    void settleWithdrawal(StoredMessage message) {
        jdbc.sql("""
                update message set withdraw_reason = null, next_attempt_at = null where organization_id = ? and id = ?
                """).params(CurrentOrganization.id(), message.id()).update();
    }

    void markSuperseded(StoredMessage message) {
        jdbc.sql("update message set superseded_at = ? where organization_id = ? and id = ?")
                .params(SqlTime.at(now()), CurrentOrganization.id(), message.id())
                .update();
    }

    /** Looks at a message again at another time, without changing its state. */
    void postpone(StoredMessage message, Instant nextAttemptAt) {
        jdbc.sql("update message set next_attempt_at = ? where organization_id = ? and id = ?")
                .params(SqlTime.at(nextAttemptAt), CurrentOrganization.id(), message.id())
                .update();
    }

    /** Records a step that does not change the state, such as a delivery heard of after it was read. */
    void step(UUID messageId, MessageState state, @Nullable String reason, Instant at) {
        jdbc.sql("""
                insert into message_step (organization_id, id, message_id, state, reason, at) values (?, ?, ?, ?, ?, ?)
                """)
                .param(CurrentOrganization.id())
                .param(Ids.next())
                .param(messageId)
                .param(state.wireName())
                .param(reason)
                .param(SqlTime.at(at))
                .update();
        metrics.counter("recado.messages", "state", state.wireName()).increment();
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

    /** Whether another message of that conversation is at the gateway's door without an answer. */
    boolean conversationIsBusy(UUID exceptMessageId, String phone) {
        return jdbc.sql("""
                        select exists (select from message
                                        where organization_id = ? and phone = ? and state = 'handed' and id <> ?)
                        """)
                .params(CurrentOrganization.id(), phone, exceptMessageId)
                .query(Boolean.class)
                .single();
    }

    /**
     * What is due, most urgent conversation first, each conversation in its own order. What must be taken back or was
     * handed over without an answer comes before anything new.
     */
    List<UUID> due(int limit) {
        return jdbc.sql("""
                        select id from (
                            select id, due_at,
                                   case when withdraw_reason is not null then 0 when state = 'handed' then 1 else 2 end as rank,
                                   min(useful_until) over (partition by patient_id order by due_at desc, id desc) as urgency
                              from message
                             where organization_id = ? and next_attempt_at <= ?) as waiting
                         order by rank, urgency, due_at, id limit %d
                        """.formatted(limit))
                .params(CurrentOrganization.id(), SqlTime.at(now()))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** What waits for the line is looked at again now. Locked in the order in which superseding locks. */
    void lineIsBack() {
        jdbc.sql("""
                update message set next_attempt_at = ?
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
                         where organization_id = ?
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

    /** Wakes the workers when this transaction commits. */
    void wake() {
        jdbc.sql("select pg_notify(?, '')").param(CHANNEL).query((row, n) -> n).list();
    }

    private void tell(UUID id, UUID subjectId, String kind, MessageState state) {
        hints.changed(LiveHints.Kind.MESSAGE, id);
        publisher.publishEvent(new MessageChanged(id, subjectId, kind, state));
    }
}
