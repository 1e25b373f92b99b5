package app.recado.kernel.work;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.tenancy.WorkerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What one process of an installation does for all of them. It keeps a duty by asking again before its lease ends; when it
 * dies, or gives the duty back, another takes it.
 */
@Component
public class Duties {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final LaneLeases<String> leases;

    public Duties(WorkerDatabase worker, Clock clock) {
        var table = new LaneLeases.Table<String>(
                "duty",
                List.of("organization_id", "duty"),
                duty -> List.of(CurrentOrganization.PLATFORM, duty),
                LEASE,
                LEASE);
        this.leases = new LaneLeases<>(table, worker, clock);
    }

    /** Takes a duty, or keeps it; false while another process has it. */
    public boolean keep(String duty) {
        return leases.keep(duty);
    }

    /** Leaves a duty to whoever asks next; nothing happens when another process has it. */
    public void giveBack(String duty) {
        leases.release(duty);
    }
}
