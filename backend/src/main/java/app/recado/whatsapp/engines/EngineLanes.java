package app.recado.whatsapp.engines;

import app.recado.kernel.tenancy.WorkerDatabase;
import app.recado.kernel.work.LaneLeases;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    private static final LaneLeases.Table<Lane> TABLE = new LaneLeases.Table<>(
            "engine_lane",
            List.of("organization_id", "line_id"),
            lane -> List.of(lane.organizationId(), lane.lineId()),
            LEASE,
            LONGEST_PAUSE);

    private final LaneLeases<Lane> leases;
    private final WorkerDatabase worker;

    EngineLanes(WorkerDatabase worker, Clock clock) {
        this.leases = new LaneLeases<>(TABLE, worker, clock);
        this.worker = worker;
    }

    /** A line of an organization. */
    record Lane(UUID organizationId, UUID lineId) {}

    /** Lines with something due that nobody works on. */
    List<Lane> due(Collection<Lane> except) {
        return leases.due("engine_command", "next_attempt_at", EngineLanes::lane, except);
    }

    LaneLeases<Lane> leases() {
        return leases;
    }

    private static Lane lane(ResultSet row, int n) throws SQLException {
        return new Lane(row.getObject("organization_id", UUID.class), row.getObject("line_id", UUID.class));
    }

    /** Lines with anything that is not settled. */
    List<Lane> open() {
        return worker.jdbc()
                .sql("select distinct organization_id, line_id from engine_command where next_attempt_at is not null")
                .query(EngineLanes::lane)
                .list();
    }

    /** Nothing leaves this line before that instant. */
    void pause(Lane lane, Instant until) {
        leases.pause(lane, until);
    }
}
