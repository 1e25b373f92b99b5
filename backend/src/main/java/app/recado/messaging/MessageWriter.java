package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Recipient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes changes of messages: rows, steps, hints and events, however many, with few statements. The messages must be
 * locked, and the transaction is the caller's.
 */
@Repository
class MessageWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(MessageWriter.class);
    private static final int BATCH = 200;

    private static final String CHANGE = """
            update message
               set state = ?, reason = ?, next_attempt_at = ?, ready = ?, rank = ?, holds_conversation = ?, attempts = ?,
                   updated_at = ?, out_at = case when ? then null else coalesce(out_at, ?) end,
                   superseded_at = coalesce(superseded_at, ?), engine_message_id = coalesce(?, engine_message_id),
                   version = version + 1
             where organization_id = ? and id = ?
            """;

    private static final String HAND = """
            update message
               set state = ?, reason = ?, next_attempt_at = ?, ready = ?, rank = ?, holds_conversation = ?, attempts = ?,
                   updated_at = ?, engine_message_id = null, version = version + 1,
                   line_id = ?, provider_message_id = ?, phone = ?, recipient = ?, text = ?, language = ?,
                   content = case when kind in ('manual', 'consent', 'verification', 'hand-over', 'flow') then content else ?::jsonb end, not_after = ?,
                   template_id = ?, template_version = ?, lead_id = ?, leads = ?, answers_all = ?, asks = ?
             where organization_id = ? and id = ?
            """;

    private static final String STEP = """
            insert into message_step (organization_id, id, message_id, state, reason, at) values (?, ?, ?, ?, ?, ?)
            """;

    private final JdbcOperations jdbc;
    private final LiveHints hints;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry metrics;
    private final Clock clock;

    MessageWriter(
            JdbcOperations jdbc,
            LiveHints hints,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        for (var state : MessageState.values()) {
            counter(state); // a series that begins with its first message hides that message from rates
        }
    }

    /** A state a message went through. */
    record Step(
            UUID messageId, MessageState state, @Nullable String reason, Instant at) {}

    private static final String CARRIED = "select " + StoredMessage.COLUMNS + """
             from message where organization_id = ? and lead_id = ? order by id for update
            """;

    /** What a message was wanted back for is answered with the message that carried it. */
    private static final String ANSWERED = """
            update message set withdraw_reason = null, next_attempt_at = null, ready = false, rank = priority,
                   holds_conversation = false, attempts = 0
             where organization_id = ? and id = ?
            """;

    /** Each leaves by itself from now on. */
    private static final String PARTED = """
            update message set lead_id = null, leads = false, answers_all = false
             where organization_id = ? and (id = ? or lead_id = ?)
            """;

    /** Writes changes, and with those of a message that carries others what they are for these. */
    void write(List<MessageChange> changes) {
        writeEach(changes);
        for (var change : changes) {
            if (change.message().leads() && change.handing() == null) {
                follow(change);
            }
        }
    }

    /** What a locked message carries, locked, too. */
    List<StoredMessage> carriedBy(UUID leadId) {
        return jdbc.query(CARRIED, StoredMessage::of, CurrentOrganization.id(), leadId);
    }

    /**
     * Those that a message carries are told when it is, and read when it is read. When it comes back unsent each waits for
     * itself again, but for those whose visit moved on meanwhile.
     */
    private void follow(MessageChange lead) {
        var carried = carriedBy(lead.message().id());
        if (comesBack(lead.to())) {
            part(lead, carried);
            return;
        }
        writeEach(carried.stream()
                .filter(message -> message.state() != lead.to())
                .map(message -> MessageChange.settled(message, lead.to(), lead.reason(), lead.at()))
                .toList());
        if (lead.to().isOut() || lead.to() == MessageState.FAILED) {
            for (var message : carried) {
                if (message.withdrawReason() instanceof String reason) {
                    settleCarried(message, lead.to().isOut() && reason.equals(PlannedOutbox.SUPERSEDED));
                }
            }
        }
    }

    /** It was certainly not sent. */
    private static boolean comesBack(MessageState to) {
        return to.isWaiting()
                || to == MessageState.WITHDRAWN
                || to == MessageState.EXPIRED
                || to == MessageState.SUPERSEDED
                || to == MessageState.SUPPRESSED;
    }

    private void part(MessageChange lead, List<StoredMessage> carried) {
        var again = lead.next();
        var next = lead.to().isWaiting() && again != null ? again : clock.instant();
        writeEach(carried.stream()
                .map(message -> message.withdrawReason() instanceof String reason
                        ? MessageChange.settled(message, MessageState.WITHDRAWN, reason, lead.at())
                        : MessageChange.later(
                                message,
                                MessageState.QUEUED,
                                lead.to().isWaiting() ? lead.reason() : null,
                                lead.at(),
                                next))
                .toList());
        for (var message : carried) {
            if (message.mustBeWithdrawn()) {
                settleCarried(message, false);
            }
        }
        jdbc.update(
                PARTED,
                CurrentOrganization.id(),
                lead.message().id(),
                lead.message().id());
    }

    private void settleCarried(StoredMessage message, boolean tooLate) {
        jdbc.update(ANSWERED, CurrentOrganization.id(), message.id());
        if (tooLate) {
            publisher.publishEvent(new WithdrawLost(message.id(), message.subjectId(), message.subjectVersion()));
        }
    }

    private void writeEach(List<MessageChange> changes) {
        var now = clock.instant();
        var organization = CurrentOrganization.id();
        var handed = changes.stream().filter(change -> change.handing() != null).toList();
        var other = changes.stream().filter(change -> change.handing() == null).toList();
        if (!handed.isEmpty()) {
            jdbc.batchUpdate(HAND, handed, BATCH, (row, change) -> hand(row, change, organization, now));
        }
        if (!other.isEmpty()) {
            jdbc.batchUpdate(CHANGE, other, BATCH, (row, change) -> change(row, change, organization, now));
        }
        steps(changes.stream()
                .filter(MessageChange::isNews)
                .map(change -> new Step(change.message().id(), change.to(), change.reason(), change.at()))
                .toList());
        for (var change : changes) {
            if (change.isNews()) {
                var message = change.message();
                tell(message.id(), message.subjectId(), message.kind(), change.to());
                LOG.debug("Message {} ({}) is {}: {}", message.id(), message.kind(), change.to(), change.reason());
            }
            if (change.handing() instanceof MessageChange.Handing handing
                    && change.message().isManual()) {
                publisher.publishEvent(new PatientWrittenTo(
                        change.message().id(),
                        handing.lineId(),
                        Recipient.phone(handing.recipient()),
                        change.message().contactId()));
            }
        }
    }

    /** Records states that messages went through. */
    void steps(List<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        var organization = CurrentOrganization.id();
        jdbc.batchUpdate(STEP, steps, BATCH, (row, step) -> {
            row.setObject(1, organization);
            row.setObject(2, Ids.next());
            row.setObject(3, step.messageId());
            row.setString(4, step.state().wireName());
            row.setString(5, step.reason());
            row.setObject(6, SqlTime.at(step.at()));
        });
        for (var step : steps) {
            counter(step.state()).increment();
        }
    }

    private Counter counter(MessageState state) {
        return metrics.counter("recado.messages", "state", state.wireName());
    }

    /** Says that a message changed to whoever shows it. */
    void tell(UUID id, UUID subjectId, String kind, MessageState state) {
        hints.changed(LiveHints.Kind.MESSAGE, id);
        publisher.publishEvent(new MessageChanged(id, subjectId, kind, state));
    }

    private static int common(PreparedStatement row, MessageChange change, Instant now) throws SQLException {
        var next = change.next();
        row.setString(1, change.to().wireName());
        row.setString(2, change.reason());
        setTime(row, 3, next);
        row.setBoolean(4, next != null && !next.isAfter(now));
        row.setInt(5, change.message().rank(change.to()));
        row.setBoolean(6, change.holds());
        row.setInt(7, change.attempts());
        row.setObject(8, SqlTime.at(now));
        return 9;
    }

    private static void change(PreparedStatement row, MessageChange change, UUID organization, Instant now)
            throws SQLException {
        int at = common(row, change, now);
        row.setBoolean(at++, change.to().isWaiting()); // what was not delivered after all has told nobody anything
        setTime(row, at++, change.to().isOut() ? change.at() : null);
        setTime(row, at++, change.to() == MessageState.SUPERSEDED ? now : null);
        row.setString(at++, change.engineMessageId());
        row.setObject(at++, organization);
        row.setObject(at, change.message().id());
    }

    private static void hand(PreparedStatement row, MessageChange change, UUID organization, Instant now)
            throws SQLException {
        var handing = java.util.Objects.requireNonNull(change.handing());
        int at = common(row, change, now);
        row.setObject(at++, handing.lineId());
        row.setString(at++, handing.providerMessageId());
        var phone = Recipient.phone(handing.recipient());
        row.setString(at++, phone);
        row.setString(at++, phone == null ? handing.recipient() : null);
        row.setString(at++, handing.text());
        row.setString(at++, handing.language());
        row.setString(at++, handing.content() == null ? null : json(handing.content()));
        setTime(row, at++, handing.notAfter());
        var version = handing.version();
        row.setObject(at++, version == null ? null : version.templateId(), java.sql.Types.OTHER);
        row.setObject(at++, version == null ? null : version.number(), java.sql.Types.INTEGER);
        row.setObject(at++, handing.leadId(), java.sql.Types.OTHER);
        row.setBoolean(at++, handing.leads());
        row.setBoolean(at++, handing.answersAll());
        row.setObject(at++, handing.asks(), java.sql.Types.BOOLEAN);
        row.setObject(at++, organization);
        row.setObject(at, change.message().id());
    }

    static String json(Payload content) {
        return JSON.writerFor(Payload.class).writeValueAsString(content);
    }

    private static void setTime(PreparedStatement row, int at, @Nullable Instant value) throws SQLException {
        if (value == null) {
            row.setNull(at, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            row.setObject(at, SqlTime.at(value), java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }
}
