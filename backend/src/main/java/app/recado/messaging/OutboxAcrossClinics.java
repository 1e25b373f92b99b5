package app.recado.messaging;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.whatsapp.DueLines;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;

/**
 * The outbox across clinics. The worker's role sees ids, times and states here, never a text or a number. No statement
 * reads more than an index of what it looks for, or a bounded part of it.
 */
@Repository
class OutboxAcrossClinics implements DueLines {

    /** How many messages one statement makes ready. */
    static final int PROMOTED_AT_ONCE = 500;

    private static final int CLINICS_AT_ONCE = 1000;

    /** The gateway needs an order for the lines that come first; the rest follow anyhow. */
    private static final int NEXT_LOOKED_AT = 500;

    private final WorkerDatabase worker;
    private final Clock clock;

    OutboxAcrossClinics(WorkerDatabase worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /** Makes ready what has fallen due, that first which fell due first. A claim is what two processes do not both make of it. */
    int promote() {
        return worker.jdbc()
                .sql("""
                        with due as materialized (
                               select organization_id, id from message
                                where next_attempt_at <= ? and next_attempt_at is not null and not ready
                                order by next_attempt_at limit %d for update skip locked)
                        update message m set ready = true from due
                         where m.organization_id = due.organization_id and m.id = due.id
                        """.formatted(PROMOTED_AT_ONCE))
                .param(SqlTime.at(clock.instant()))
                .update();
    }

    /** Clinics with ready messages. Steps from one to the next in the index, so that a long backlog costs no more than a
     * short one. */
    List<UUID> ready() {
        return worker.jdbc()
                .sql("""
                        with recursive clinics as (
                            (select organization_id from message where ready order by organization_id limit 1)
                            union all
                            select (select m.organization_id from message m
                                     where m.ready and m.organization_id > c.organization_id
                                     order by m.organization_id limit 1)
                              from clinics c where c.organization_id is not null)
                        select organization_id from clinics where organization_id is not null limit %d
                        """.formatted(CLINICS_AT_ONCE))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** How much is due, and since when. */
    record Backlog(long depth, Optional<Instant> oldestDue) {
        static final Backlog NOTHING = new Backlog(0, Optional.empty());
    }

    /** Costs what is due: for people and dashboards, not for each turn. */
    Backlog backlog() {
        return worker.jdbc()
                .sql("""
                        select count(*) as depth, min(due_at) as oldest
                          from (select due_at from message where ready
                                union all
                                select due_at from message
                                 where next_attempt_at <= ? and next_attempt_at is not null and not ready) as due
                        """)
                .param(SqlTime.at(clock.instant()))
                .query((row, n) ->
                        new Backlog(row.getLong("depth"), Optional.ofNullable(SqlTime.instantOrNull(row, "oldest"))))
                .single();
    }

    /**
     * What has fallen due and has not left, by what it waits for; see {@link OutboxFigures} for the words. A reason without
     * an entry holds nothing up. Costs what it counts.
     */
    Map<String, Backlog> waiting() {
        var waiting = new HashMap<String, Backlog>();
        worker.jdbc()
                .sql("""
                        select reason, count(*) as depth, min(due_at) as oldest
                          from (select case when reason is null then 'none'
                                            when reason in ('line-down', 'line-unknown') then 'line-down'
                                            when reason in ('quiet-hours', 'campaign-paused') then reason
                                            else 'other' end as reason, due_at
                                  from message where state = 'queued'
                                union all
                                select 'none', due_at from message where ready and state <> 'queued'
                                union all
                                select 'none', due_at from message
                                 where next_attempt_at <= ? and next_attempt_at is not null and not ready
                                   and state <> 'queued') as due
                         group by reason
                        """)
                .param(SqlTime.at(clock.instant()))
                .query((row, n) -> waiting.put(
                        row.getString("reason"),
                        new Backlog(row.getLong("depth"), Optional.ofNullable(SqlTime.instantOrNull(row, "oldest")))))
                .list();
        return waiting;
    }

    @Override
    public Map<UUID, Instant> next() {
        return worker
                .jdbc()
                .sql("""
                        select l.id, min(m.due) as due
                          from (select organization_id, line_id, min(next_attempt_at) as due from (
                                select organization_id, line_id, next_attempt_at from (
                                    select organization_id, line_id, next_attempt_at from message
                                     where next_attempt_at is not null and not ready
                                     order by next_attempt_at limit %1$d) as later
                                union all
                                select organization_id, line_id, next_attempt_at from (
                                    select organization_id, line_id, next_attempt_at from message
                                     where ready limit %1$d) as now) as first
                                 where next_attempt_at is not null group by organization_id, line_id) as m
                          join whatsapp_line l on l.organization_id = m.organization_id
                               and (l.id = m.line_id or m.line_id is null and l.is_default)
                         group by l.id order by due
                        """.formatted(NEXT_LOOKED_AT))
                .query((row, n) -> Map.entry(row.getObject("id", UUID.class), SqlTime.instant(row, "due")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many messages came into each state since then, in the order of their lives. */
    Map<MessageState, Long> stepsSince(Instant since) {
        var counts = new EnumMap<MessageState, Long>(MessageState.class);
        worker.jdbc()
                .sql("select state, count(*) as count from message_step where at >= ? group by state")
                .param(SqlTime.at(since))
                .query((row, n) -> counts.put(MessageState.of(row.getString("state")), row.getLong("count")))
                .list();
        return counts;
    }

    /** Organizations that have anything which is not settled. */
    List<UUID> withOpenMessages() {
        return worker.jdbc()
                .sql("""
                        select distinct organization_id from message
                         where state in ('planned', 'queued', 'handed', 'accepted', 'sending')
                        """)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }
}
