package app.recado.whatsapp.engines;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/**
 * One lane per line, worked by one process at a time: messages to one patient leave in order, and a slow provider of one
 * line delays no other. The worker's role sees ids and times here, never a text or a number.
 */
@Repository
class EngineLanes {

    /** Longer than one call to a provider may take several times over: a turn ends at half of it. */
    static final Duration LEASE = Duration.ofSeconds(90);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 64;

    private final WorkerDatabase worker;
    private final Clock clock;
    private final UUID process = UUID.randomUUID();

    EngineLanes(WorkerDatabase worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /** A line of an organization. */
    record Lane(UUID organizationId, UUID lineId) {}

    /** Lines with something due that nobody works on, those served longest ago first. */
    List<Lane> due(Collection<Lane> except) {
        var now = SqlTime.at(clock.instant());
        return worker
                .jdbc()
                .sql("""
                        select c.organization_id, c.line_id
                          from engine_command c
                          left join engine_lane l on l.organization_id = c.organization_id and l.line_id = c.line_id
                         where c.next_attempt_at <= ?
                           and (l.leased_until is null or l.leased_until <= ?)
                           and (l.not_before is null or l.not_before <= ?)
                         group by c.organization_id, c.line_id, l.last_turn_at
                         order by l.last_turn_at nulls first, min(c.next_attempt_at)
                         limit %d
                        """.formatted(AT_ONCE))
                .params(now, now, now)
                .query((row, n) ->
                        new Lane(row.getObject("organization_id", UUID.class), row.getObject("line_id", UUID.class)))
                .list()
                .stream()
                .filter(lane -> !except.contains(lane))
                .toList();
    }

    /** Lines with anything that is not settled. */
    List<Lane> open() {
        return worker.jdbc()
                .sql("select distinct organization_id, line_id from engine_command where next_attempt_at is not null")
                .query((row, n) ->
                        new Lane(row.getObject("organization_id", UUID.class), row.getObject("line_id", UUID.class)))
                .list();
    }

    /** Takes a lane for the length of its lease; false when another process was faster. */
    boolean lease(Lane lane) {
        var now = clock.instant();
        return worker.jdbc()
                        .sql("""
                                insert into engine_lane (organization_id, line_id, leased_by, leased_until, last_turn_at)
                                values (?, ?, ?, ?, ?)
                                on conflict (organization_id, line_id) do update
                                   set leased_by = excluded.leased_by, leased_until = excluded.leased_until,
                                       last_turn_at = excluded.last_turn_at
                                 where engine_lane.leased_until is null or engine_lane.leased_until <= ?
                                """)
                        .params(
                                lane.organizationId(),
                                lane.lineId(),
                                process,
                                SqlTime.at(now.plus(LEASE)),
                                SqlTime.at(now),
                                SqlTime.at(now))
                        .update()
                == 1;
    }

    void release(Lane lane) {
        worker.jdbc()
                .sql("""
                        update engine_lane set leased_until = null, failures = 0
                         where organization_id = ? and line_id = ? and leased_by = ?
                        """)
                .params(lane.organizationId(), lane.lineId(), process)
                .update();
    }

    /** Gives a lane back for later: 1 s after the first failure, doubling up to a minute. */
    void releaseAfterFailure(Lane lane) {
        worker.jdbc()
                .sql("""
                        update engine_lane
                           set leased_until = null, failures = failures + 1,
                               not_before = ?::timestamptz + least(power(2, least(failures, 10)), ?) * interval '1 second'
                         where organization_id = ? and line_id = ? and leased_by = ?
                        """)
                .params(
                        SqlTime.at(clock.instant()),
                        LONGEST_PAUSE.toSeconds(),
                        lane.organizationId(),
                        lane.lineId(),
                        process)
                .update();
    }

    /** Nothing leaves this line before that instant. */
    void pause(Lane lane, Instant until) {
        var at = SqlTime.at(until);
        worker.jdbc()
                .sql("""
                        insert into engine_lane (organization_id, line_id, not_before, last_turn_at) values (?, ?, ?, ?)
                        on conflict (organization_id, line_id) do update
                           set not_before = greatest(engine_lane.not_before, excluded.not_before)
                        """)
                .params(lane.organizationId(), lane.lineId(), at, SqlTime.at(clock.instant()))
                .update();
    }
}
