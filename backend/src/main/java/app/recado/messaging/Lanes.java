package app.recado.messaging;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.whatsapp.DueLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Repository;

/**
 * One lane per organization, worked by one process at a time, so that messages of a clinic leave in their order and a
 * clinic with many of them delays no other. The worker's role sees ids and times here, never a text or a number.
 */
@Repository
class Lanes implements DueLines {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 64;

    /** The gateway needs an order for those that come first; the rest follow anyhow. */
    private static final int MOST_LINES_TOLD = 500;

    private final Duration lease;
    private final WorkerDatabase worker;
    private final Clock clock;
    private final UUID process = UUID.randomUUID();

    Lanes(MessagingSettings settings, WorkerDatabase worker, Clock clock) {
        this.lease = settings.laneLease();
        this.worker = worker;
        this.clock = clock;
    }

    /** Organizations with something due that nobody works on, those served longest ago first. */
    List<UUID> due(Collection<UUID> except) {
        var now = SqlTime.at(clock.instant());
        return worker
                .jdbc()
                .sql("""
                        select m.organization_id
                          from message m left join outbox_lane l on l.organization_id = m.organization_id
                         where m.next_attempt_at <= ?
                           and (l.leased_until is null or l.leased_until <= ?)
                           and (l.not_before is null or l.not_before <= ?)
                         group by m.organization_id, l.last_turn_at
                         order by l.last_turn_at nulls first, min(m.useful_until)
                         limit %d
                        """.formatted(AT_ONCE))
                .params(now, now, now)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list()
                .stream()
                .filter(organization -> !except.contains(organization))
                .toList();
    }

    /** Takes a lane for the length of its lease; false when another process was faster. */
    boolean lease(UUID organizationId) {
        var now = SqlTime.at(clock.instant());
        return worker.jdbc()
                        .sql("""
                                insert into outbox_lane (organization_id, leased_by, leased_until, last_turn_at)
                                values (?, ?, ?, ?)
                                on conflict (organization_id) do update
                                   set leased_by = excluded.leased_by, leased_until = excluded.leased_until,
                                       last_turn_at = excluded.last_turn_at
                                 where outbox_lane.leased_until is null or outbox_lane.leased_until <= ?
                                """)
                        .params(
                                organizationId,
                                process,
                                SqlTime.at(clock.instant().plus(lease)),
                                now,
                                now)
                        .update()
                == 1;
    }

    /** Gives a lane back after a turn in which the gateway answered. */
    void release(UUID organizationId) {
        worker.jdbc().sql("""
                        update outbox_lane set leased_until = null, not_before = null, failures = 0
                         where organization_id = ? and leased_by = ?
                        """).params(organizationId, process).update();
    }

    /** Gives a lane back for later: 1 s after the first failure, doubling up to 30 s. */
    void releaseAfterFailure(UUID organizationId) {
        worker.jdbc()
                .sql("""
                        update outbox_lane
                           set leased_until = null, failures = failures + 1,
                               not_before = ?::timestamptz + least(power(2, least(failures, 10)), ?) * interval '1 second'
                         where organization_id = ? and leased_by = ?
                        """)
                .params(SqlTime.at(clock.instant()), LONGEST_PAUSE.toSeconds(), organizationId, process)
                .update();
    }

    /** How much is due, and since when. */
    record Backlog(long depth, Optional<Instant> oldestDue) {}

    Backlog backlog() {
        return worker.jdbc()
                .sql("select count(*) as depth, min(due_at) as oldest from message where next_attempt_at <= ?")
                .param(SqlTime.at(clock.instant()))
                .query((row, n) ->
                        new Backlog(row.getLong("depth"), Optional.ofNullable(SqlTime.instantOrNull(row, "oldest"))))
                .single();
    }

    @Override
    public Map<UUID, Instant> next() {
        return worker
                .jdbc()
                .sql("""
                        select l.id, min(m.next_attempt_at) as due
                          from message m
                          join whatsapp_line l on l.organization_id = m.organization_id
                               and (l.id = m.line_id or m.line_id is null and l.is_default)
                         where m.next_attempt_at is not null
                         group by l.id order by due limit %d
                        """.formatted(MOST_LINES_TOLD))
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
