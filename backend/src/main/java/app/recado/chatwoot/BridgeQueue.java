package app.recado.chatwoot;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.Jobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What Chatwoot is still to be told. Written in the transaction in which it happened, told one after the other within a
 * conversation, so that it reads there as it was said here.
 */
@Repository
@Transactional
class BridgeQueue {

    /** The name of the jobs that tell: one a lane. */
    static final String JOB = "chatwoot-tell";

    /** What is told. */
    enum Kind {
        /** Something that was received; the subject is the entry. */
        RECEIVED,
        /** Something that was sent through Recado; the subject is the message. */
        SENT,
        /** How far a message came that both sides know; the subject is it. */
        DELIVERY,
        /** The state of the conversation, which is the subject. */
        STATE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Something to tell.
     *
     * @param attempts how often it was begun before
     * @param at when it was asked for
     */
    record Item(UUID bridgeId, Kind kind, UUID subjectId, int attempts, Instant nextAttemptAt, Instant at) {}

    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final Clock clock;

    BridgeQueue(JdbcClient jdbc, Jobs jobs, Clock clock) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Has something told. What was said is told once; how far it came, and states, as often as they change. */
    public void add(UUID bridgeId, Kind kind, UUID subjectId, UUID lane) {
        var again = kind == Kind.DELIVERY || kind == Kind.STATE ? """
                  do update set state = 'pending', number = default, attempts = 0, next_attempt_at = excluded.next_attempt_at,
                                cause = null, at = excluded.at, lane = excluded.lane
                  """ : "do nothing";
        int asked = jdbc.sql("""
                        insert into chatwoot_item (organization_id, bridge_id, kind, subject_id, lane, state, next_attempt_at, at)
                        values (?, ?, ?, ?, ?, 'pending', ?, ?)
                        on conflict (organization_id, bridge_id, kind, subject_id) """ + " " + again)
                .params(
                        CurrentOrganization.id(),
                        bridgeId,
                        kind.wireName(),
                        subjectId,
                        lane,
                        SqlTime.at(clock.instant()),
                        SqlTime.at(clock.instant()))
                .update();
        if (asked > 0) {
            look(lane);
        }
    }

    /** Has what waits in a lane sent. */
    public void look(UUID lane) {
        jobs.lookAt(JOB, lane, clock.instant());
    }

    /** The first that waits in a lane; empty when none does, or its bridge is switched off. */
    @Transactional(readOnly = true)
    public Optional<Item> first(UUID lane) {
        return jdbc.sql("""
                        select i.bridge_id, i.kind, i.subject_id, i.attempts, i.next_attempt_at, i.at
                          from chatwoot_item i
                          join chatwoot_bridge b on b.organization_id = i.organization_id and b.id = i.bridge_id and b.active
                         where i.organization_id = ? and i.lane = ? and i.state = 'pending'
                         order by i.number limit 1
                        """)
                .params(CurrentOrganization.id(), lane)
                .query(BridgeQueue::row)
                .optional();
    }

    /** It is begun: whoever finds it again knows that it may have arrived. @return false when it waits no more */
    public boolean begin(Item item) {
        return jdbc.sql("""
                        update chatwoot_item set attempts = attempts + 1
                         where organization_id = ? and bridge_id = ? and kind = ? and subject_id = ? and state = 'pending'
                        """)
                        .params(
                                CurrentOrganization.id(),
                                item.bridgeId(),
                                item.kind().wireName(),
                                item.subjectId())
                        .update()
                == 1;
    }

    /** Somebody may have asked anew meanwhile: then it waits again. */
    public void told(Item item) {
        settle(item, "told", null);
    }

    /** It cannot be told. @param cause a code */
    public void givenUp(Item item, String cause) {
        settle(item, "given-up", cause);
    }

    private void settle(Item item, String state, @Nullable String cause) {
        jdbc.sql("""
                        update chatwoot_item set state = ?, cause = ?
                         where organization_id = ? and bridge_id = ? and kind = ? and subject_id = ? and state = 'pending'
                           and at = ?
                        """)
                .param(state)
                .param(cause)
                .param(CurrentOrganization.id())
                .param(item.bridgeId())
                .param(item.kind().wireName())
                .param(item.subjectId())
                .param(SqlTime.at(item.at()))
                .update();
    }

    /** It is tried again then. @param cause a code */
    public void later(Item item, Instant at, String cause) {
        jdbc.sql("""
                        update chatwoot_item set next_attempt_at = ?, cause = ?
                         where organization_id = ? and bridge_id = ? and kind = ? and subject_id = ? and state = 'pending'
                        """)
                .params(
                        SqlTime.at(at),
                        cause,
                        CurrentOrganization.id(),
                        item.bridgeId(),
                        item.kind().wireName(),
                        item.subjectId())
                .update();
    }

    private static Item row(ResultSet row, int n) throws SQLException {
        return new Item(
                row.getObject("bridge_id", UUID.class),
                Kind.of(row.getString("kind")),
                row.getObject("subject_id", UUID.class),
                row.getInt("attempts"),
                SqlTime.instant(row, "next_attempt_at"),
                SqlTime.instant(row, "at"));
    }
}
