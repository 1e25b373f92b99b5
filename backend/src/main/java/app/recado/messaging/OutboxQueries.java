package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the worker asks about the ready messages of the current organization. Needs an open transaction. */
@Repository
class OutboxQueries {

    private final JdbcClient jdbc;
    private final Clock clock;

    OutboxQueries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether this transaction alone claims messages of the organization until it ends. Calls are made after it. */
    boolean claimAlone() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param("outbox " + CurrentOrganization.id())
                .query(Boolean.class)
                .single();
    }

    /**
     * The next message of each of the most urgent conversations, most urgent first: what must be taken back, what was
     * handed over without an answer, then by priority and deadline. A conversation is as urgent as its most urgent ready
     * message, and in it what was due first goes first. One in which something is at the engine, or is to be tried
     * again, waits for that.
     *
     * @param closed lines on which nothing can leave now; what is theirs is passed over
     * @param defaultClosed whether that is so for what leaves on the default line
     */
    List<UUID> heads(int limit, Collection<UUID> closed, boolean defaultClosed) {
        return jdbc.sql("""
                        with urgent as (
                            select %2$s as conversation, m.rank, m.useful_until, m.due_at, m.id
                              from message m
                             where m.organization_id = :org and m.ready
                               and case when m.line_id is null then not :defaultClosed else m.line_id <> all (:closed) end
                               and (m.rank < 10 or not exists (
                                    select from message h
                                     where h.organization_id = :org
                                       and %3$s = %2$s
                                       and h.holds_conversation and h.id <> m.id))
                             order by m.rank, m.useful_until, m.due_at, m.id limit %1$d),
                        conversations as (
                            select distinct on (conversation) conversation, rank, useful_until, due_at, id from urgent
                             order by conversation, rank, useful_until, due_at, id)
                        select head.id
                          from conversations c
                         cross join lateral (
                               select m.id from message m
                                where m.organization_id = :org and %2$s = c.conversation
                                  and m.ready
                                order by m.rank >= 10, m.rank, m.holds_conversation desc, m.due_at, m.id limit 1) as head
                         order by c.rank, c.useful_until, c.due_at, c.id
                        """.formatted(limit, conversation("m"), conversation("h")))
                .param("org", CurrentOrganization.id())
                .param("closed", closed.toArray(UUID[]::new))
                .param("defaultClosed", defaultClosed)
                .query((ResultSet row, int n) -> row.getObject(1, UUID.class))
                .list();
    }

    /**
     * Whose conversation a message belongs to, as the indexes of waiting and of unsettled messages say it. Not {@code
     * coalesce}: PostgreSQL does not take that for leakproof, so behind row-level security it would be compared row by row
     * and never looked up.
     */
    private static String conversation(String message) {
        return "(case when %1$s.patient_id is null then %1$s.contact_id else %1$s.patient_id end)".formatted(message);
    }

    /** Numbers at which something is at the engine or is to be tried again, and whose message that is. */
    Map<String, UUID> holders(Collection<String> phones) {
        var holders = new HashMap<String, UUID>();
        if (!phones.isEmpty()) {
            jdbc.sql("""
                            select phone, id from message
                             where organization_id = ? and holds_conversation and phone = any (?)
                            """)
                    .params(CurrentOrganization.id(), phones.toArray(String[]::new))
                    .query((row, n) -> holders.put(row.getString("phone"), row.getObject("id", UUID.class)))
                    .list();
        }
        return holders;
    }

    /**
     * What else waits for these patients of these rules and is due by then; not what is to be tried again, because an engine
     * may know it.
     */
    List<UUID> remindersOf(Collection<UUID> patients, Collection<UUID> rules, Instant until) {
        return jdbc.sql("""
                        select m.id from message m
                         where m.organization_id = :org and m.patient_id = any (:patients) and m.kind = 'reminder'
                           and m.rule_id = any (:rules) and m.state in ('planned', 'queued') and m.due_at <= :until
                           and m.next_attempt_at is not null and not m.holds_conversation
                         order by m.due_at, m.id limit 50
                        """)
                .param("org", CurrentOrganization.id())
                .param("patients", patients.toArray(UUID[]::new))
                .param("rules", rules.toArray(UUID[]::new))
                .param("until", SqlTime.at(until))
                .query((ResultSet row, int n) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Looks at messages again at another time, without any other change. */
    void postpone(Collection<UUID> ids, Instant next) {
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            update message set next_attempt_at = ?, ready = false
                             where organization_id = ? and id = any (?)
                            """)
                    .params(SqlTime.at(next), CurrentOrganization.id(), ids.toArray(UUID[]::new))
                    .update();
        }
    }

    /** There is nothing to do about them after all. */
    void forget(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            update message set ready = false where organization_id = ? and id = any (?)
                               and (next_attempt_at is null or next_attempt_at > ?)
                            """)
                    .params(CurrentOrganization.id(), ids.toArray(UUID[]::new), SqlTime.at(clock.instant()))
                    .update();
        }
    }

    /**
     * Leaves a message for later that cannot even be looked at, for example because a newer version wrote it; after so many
     * attempts it is given up. Reads nothing of it.
     */
    void stepAside(UUID id, Instant next, int mostAttempts, String reason) {
        boolean gaveUp = jdbc.sql("""
                        update message
                           set attempts = attempts + 1, version = version + 1, updated_at = :now,
                               state = case when attempts + 1 >= :most then 'failed' else state end,
                               reason = case when attempts + 1 >= :most then :reason else reason end,
                               next_attempt_at = case when attempts + 1 >= :most then null else :next::timestamptz end,
                               holds_conversation = holds_conversation and attempts + 1 < :most,
                               ready = false
                         where organization_id = :org and id = :id
                        returning state = 'failed'
                        """)
                .param("now", SqlTime.at(clock.instant()))
                .param("most", mostAttempts)
                .param("reason", reason)
                .param("next", SqlTime.at(next))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (gaveUp) {
            jdbc.sql("""
                    insert into message_step (organization_id, id, message_id, state, reason, at)
                    values (?, ?, ?, 'failed', ?, ?)
                    """)
                    .params(CurrentOrganization.id(), Ids.next(), id, reason, SqlTime.at(clock.instant()))
                    .update();
        }
    }
}
