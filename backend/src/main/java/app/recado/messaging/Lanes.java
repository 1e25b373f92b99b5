package app.recado.messaging;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.kernel.work.LaneLeases;
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
    /** The gateway needs an order for those that come first; the rest follow anyhow. */
    private static final int MOST_LINES_TOLD = 500;

    private final LaneLeases<UUID> leases;
    private final WorkerDatabase worker;
    private final Clock clock;

    Lanes(MessagingSettings settings, WorkerDatabase worker, Clock clock) {
        var lanes = new LaneLeases.Table<UUID>(
                "outbox_lane", List.of("organization_id"), List::of, settings.laneLease(), LONGEST_PAUSE);
        this.leases = new LaneLeases<>(lanes, worker, clock);
        this.worker = worker;
        this.clock = clock;
    }

    /** Organizations with something due that nobody works on. */
    List<UUID> due(Collection<UUID> except) {
        return leases.due("message", "useful_until", (row, n) -> row.getObject("organization_id", UUID.class), except);
    }

    LaneLeases<UUID> leases() {
        return leases;
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
