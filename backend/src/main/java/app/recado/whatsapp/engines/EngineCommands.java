package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.MessageStatusReported;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The messages direct engines were given. A state is only left for a later one, and each change is told in the transaction
 * that makes it: the rules are the gateway's, so that whoever hears cannot tell the engines apart.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class EngineCommands {

    static final String CHANNEL = "recado_engines";

    /** As long as somebody may ask what became of a message. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int FORGOTTEN_AT_ONCE = 100;

    private static final String COLUMNS =
            "message_id, line_id, seq, provider_message_id, hash, recipient, payload, state, reason, not_after,"
                    + " next_attempt_at, attempts, provider_id";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    EngineCommands(JdbcClient jdbc, ApplicationEventPublisher publisher, Clock clock) {
        this.jdbc = jdbc;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** A command as it is stored. */
    record Row(
            UUID messageId,
            UUID lineId,
            long seq,
            String providerMessageId,
            String hash,
            @Nullable String recipient,
            @Nullable String payload,
            CommandState state,
            @Nullable String reason,
            Instant notAfter,
            @Nullable Instant nextAttemptAt,
            int attempts,
            @Nullable String providerId) {

        private static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    row.getObject("message_id", UUID.class),
                    row.getObject("line_id", UUID.class),
                    row.getLong("seq"),
                    row.getString("provider_message_id"),
                    row.getString("hash"),
                    row.getString("recipient"),
                    row.getString("payload"),
                    stateOf(row.getString("state")),
                    row.getString("reason"),
                    SqlTime.instant(row, "not_after"),
                    SqlTime.instantOrNull(row, "next_attempt_at"),
                    row.getInt("attempts"),
                    row.getString("provider_id"));
        }

        /** Number and content belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Row[messageId=" + messageId + ", state=" + state + "]";
        }
    }

    static CommandState stateOf(String name) {
        return CommandState.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Stores a command unless one stands under its id already. */
    void accept(Command command) {
        var now = clock.instant();
        int stored = jdbc.sql("""
                        insert into engine_command (organization_id, message_id, line_id, provider_message_id, hash, recipient,
                               payload, state, not_after, next_attempt_at, updated_at)
                        values (?, ?, ?, ?, ?, ?, ?, 'accepted', ?, ?, ?) on conflict (organization_id, message_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        command.messageId(),
                        command.lineId(),
                        command.providerMessageId(),
                        command.hash(),
                        command.to(),
                        StoredPayload.write(command.payload()),
                        SqlTime.at(command.notAfter()),
                        SqlTime.at(now),
                        SqlTime.at(now))
                .update();
        if (stored == 1) {
            wakeSender();
        }
    }

    /** Remembers that a message which never came is not wanted, so that it is refused if it comes. */
    void refuse(UUID lineId, UUID messageId) {
        var now = SqlTime.at(clock.instant());
        jdbc.sql("""
                insert into engine_command (organization_id, message_id, line_id, provider_message_id, hash, state, not_after,
                       updated_at)
                values (?, ?, ?, '', '', 'withdrawn', ?, ?) on conflict (organization_id, message_id) do nothing
                """)
                .params(CurrentOrganization.id(), messageId, lineId, now, now)
                .update();
    }

    Optional<Row> lock(UUID messageId) {
        return jdbc.sql("select " + COLUMNS
                        + " from engine_command where organization_id = ? and message_id = ? for update")
                .params(CurrentOrganization.id(), messageId)
                .query(Row::of)
                .optional();
    }

    /** The command that a provider speaks of; by our own id when it carries that. */
    Optional<Row> lockSpokenOf(UUID lineId, String providerId, @Nullable UUID messageId) {
        var byProvider = jdbc.sql(
                        "select " + COLUMNS
                                + " from engine_command where organization_id = ? and line_id = ? and provider_id = ? for update")
                .params(CurrentOrganization.id(), lineId, providerId)
                .query(Row::of)
                .optional();
        return byProvider.isPresent() || messageId == null
                ? byProvider
                : lock(messageId).filter(row -> row.lineId().equals(lineId));
    }

    /** Our id of a message the provider knows under its own. */
    Optional<String> ourIdOf(UUID lineId, String providerId) {
        return jdbc.sql("""
                        select provider_message_id from engine_command
                         where organization_id = ? and line_id = ? and provider_id = ?
                        """)
                .params(CurrentOrganization.id(), lineId, providerId)
                .query(String.class)
                .optional();
    }

    /** Gives up what came too late. */
    void expire(UUID lineId) {
        var now = clock.instant();
        jdbc.sql("select " + COLUMNS + """
                         from engine_command
                         where organization_id = ? and line_id = ? and state = 'accepted' and not_after <= ?
                         order by seq for update
                        """)
                .params(CurrentOrganization.id(), lineId, SqlTime.at(now))
                .query(Row::of)
                .list()
                .forEach(late -> change(late, CommandState.EXPIRED, "too-late", null, now, null));
    }

    /** Takes the first command that may leave: it is {@code sending} from now on. */
    Optional<Row> claim(UUID lineId, Instant leasedUntil) {
        expire(lineId);
        var now = clock.instant();
        var next = jdbc.sql("select " + COLUMNS + """
                         from engine_command c
                         where organization_id = ? and line_id = ? and state = 'accepted' and next_attempt_at <= ?
                           and not exists (select from engine_command e
                                            where e.organization_id = c.organization_id and e.line_id = c.line_id
                                              and e.recipient = c.recipient and e.seq < c.seq
                                              and e.state in ('accepted', 'sending'))
                         order by seq limit 1 for update
                        """)
                .params(CurrentOrganization.id(), lineId, SqlTime.at(now))
                .query(Row::of)
                .optional();
        return next.map(row -> {
            jdbc.sql("""
                    update engine_command set attempts = attempts + 1 where organization_id = ? and message_id = ?
                    """).params(CurrentOrganization.id(), row.messageId()).update();
            change(row, CommandState.SENDING, null, null, now, leasedUntil);
            return lock(row.messageId()).orElseThrow();
        });
    }

    /** Lets what waits behind an earlier message to the same patient be looked at when that one is. */
    void stepBehind(UUID lineId) {
        var now = SqlTime.at(clock.instant());
        jdbc.sql("""
                update engine_command c
                   set next_attempt_at = least(c.not_after, (select max(e.next_attempt_at) from engine_command e
                                            where e.organization_id = c.organization_id and e.line_id = c.line_id
                                              and e.recipient = c.recipient and e.seq < c.seq
                                              and e.state in ('accepted', 'sending')))
                 where organization_id = ? and line_id = ? and state = 'accepted' and next_attempt_at <= ?
                   and exists (select from engine_command e
                                where e.organization_id = c.organization_id and e.line_id = c.line_id
                                  and e.recipient = c.recipient and e.seq < c.seq and e.state in ('accepted', 'sending')
                                  and e.next_attempt_at > ?)
                """).params(CurrentOrganization.id(), lineId, now, now).update();
    }

    /** Nothing leaves while the line is down: what waits is looked at when it is back, or when it has become useless. */
    void waitForLine(UUID lineId) {
        jdbc.sql("""
                update engine_command set next_attempt_at = not_after
                 where organization_id = ? and line_id = ? and state = 'accepted' and next_attempt_at < not_after
                """).params(CurrentOrganization.id(), lineId).update();
    }

    /** The line is back. */
    void lineIsBack(UUID lineId) {
        int waiting = jdbc.sql("""
                        update engine_command set next_attempt_at = ?
                         where organization_id = ? and line_id = ? and state = 'accepted'
                        """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), lineId)
                .update();
        if (waiting > 0) {
            wakeSender();
        }
    }

    /** Whoever was sending these is gone: whether they left cannot be told. The lane must be ours. */
    void settleFoundSending(UUID lineId) {
        jdbc.sql(
                        "select " + COLUMNS
                                + " from engine_command where organization_id = ? and line_id = ? and state = 'sending' for update")
                .params(CurrentOrganization.id(), lineId)
                .query(Row::of)
                .list()
                .forEach(row ->
                        change(row, CommandState.UNKNOWN, "found-sending-at-start", null, clock.instant(), null));
    }

    /** What this database calls open since before a restore may have been sent after the backup was made.
     *
     * @return how many are held */
    int holdOpenSince(Instant restoredAt, UUID lineId) {
        var open = jdbc.sql("select " + COLUMNS + """
                         from engine_command
                         where organization_id = ? and line_id = ? and state in ('accepted', 'sending') and updated_at <= ?
                         order by seq for update
                        """)
                .params(CurrentOrganization.id(), lineId, SqlTime.at(restoredAt))
                .query(Row::of)
                .list();
        open.forEach(row -> change(row, CommandState.UNKNOWN, "restored-from-backup", null, clock.instant(), null));
        return open.size();
    }

    /** Moves a locked command on and tells of it.
     *
     * @param providerId kept when null
     * @param next when the sender looks again; null when it need not */
    void change(
            Row row,
            CommandState to,
            @Nullable String reason,
            @Nullable String providerId,
            Instant at,
            @Nullable Instant next) {
        jdbc.sql("""
                update engine_command
                   set state = ?, reason = ?, provider_id = coalesce(?, provider_id), next_attempt_at = ?, updated_at = ?
                 where organization_id = ? and message_id = ?
                """)
                .param(to.wireName())
                .param(reason)
                .param(providerId)
                .param(SqlTime.atOrNull(next))
                .param(SqlTime.at(clock.instant()))
                .param(CurrentOrganization.id())
                .param(row.messageId())
                .update();
        if (to != CommandState.ACCEPTED) {
            publisher.publishEvent(
                    new MessageStatusReported(row.lineId(), row.messageId(), row.providerMessageId(), to, reason, at));
        }
    }

    /** Puts a locked command back: it was certainly not taken. What the provider knew it by is forgotten. */
    void putBack(Row row, Instant next) {
        jdbc.sql("""
                update engine_command set state = 'accepted', provider_id = null, next_attempt_at = ?, updated_at = ?
                 where organization_id = ? and message_id = ?
                """)
                .params(SqlTime.at(next), SqlTime.at(clock.instant()), CurrentOrganization.id(), row.messageId())
                .update();
        wakeSender();
    }

    /** Takes a locked command back. Whoever asked for it is answered at once and needs no report. */
    void withdraw(Row row) {
        jdbc.sql("""
                update engine_command set state = 'withdrawn', next_attempt_at = null, updated_at = ?
                 where organization_id = ? and message_id = ?
                """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), row.messageId())
                .update();
    }

    void rememberProviderId(Row row, String providerId) {
        jdbc.sql("update engine_command set provider_id = ? where organization_id = ? and message_id = ?")
                .params(providerId, CurrentOrganization.id(), row.messageId())
                .update();
    }

    /** A status told for a provider's id. */
    record Receipt(String state, @Nullable String reason, Instant at) {}

    /** False when this status was told before. */
    boolean receiptIsNew(UUID lineId, String providerId, Receipt receipt) {
        return jdbc.sql("""
                        insert into engine_receipt (organization_id, line_id, provider_id, state, reason, at, received_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                        .param(CurrentOrganization.id())
                        .param(lineId)
                        .param(providerId)
                        .param(receipt.state())
                        .param(receipt.reason())
                        .param(SqlTime.at(receipt.at()))
                        .param(SqlTime.at(clock.instant()))
                        .update()
                == 1;
    }

    /** What was told of an id before we knew whose it is, oldest first. */
    java.util.List<Receipt> receipts(UUID lineId, String providerId) {
        return jdbc.sql("""
                        select state, reason, at from engine_receipt
                         where organization_id = ? and line_id = ? and provider_id = ? order by received_at
                        """)
                .params(CurrentOrganization.id(), lineId, providerId)
                .query((row, n) ->
                        new Receipt(row.getString("state"), row.getString("reason"), SqlTime.instant(row, "at")))
                .list();
    }

    /** Removes what nobody asks for any more, a little at each turn. */
    void forgetOldOnes() {
        var before = Objects.requireNonNull(SqlTime.at(clock.instant().minus(KEPT)));
        jdbc.sql("""
                delete from engine_command where organization_id = ? and message_id in (
                       select message_id from engine_command
                        where organization_id = ? and updated_at < ? and state not in ('accepted', 'sending')
                        order by updated_at limit %d for update skip locked)
                """.formatted(FORGOTTEN_AT_ONCE))
                .params(CurrentOrganization.id(), CurrentOrganization.id(), before)
                .update();
        jdbc.sql("""
                delete from engine_receipt where organization_id = ? and ctid in (
                       select ctid from engine_receipt where organization_id = ? and received_at < ?
                        order by received_at limit %d for update skip locked)
                """.formatted(FORGOTTEN_AT_ONCE))
                .params(CurrentOrganization.id(), CurrentOrganization.id(), before)
                .update();
    }

    private void wakeSender() {
        jdbc.sql("select pg_notify(?, '')").param(CHANNEL).query((row, n) -> n).list();
    }
}
