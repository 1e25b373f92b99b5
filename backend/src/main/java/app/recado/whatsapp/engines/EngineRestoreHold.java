package app.recado.whatsapp.engines;

import app.recado.kernel.CurrentOrganization;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * After a restore from backup, what direct engines were given and this database calls open may have been sent since. It is
 * held as {@code unknown} before anything is sent. What moved after the restore is known, so doing this again is harmless.
 */
@Component
class EngineRestoreHold {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRestoreHold.class);

    private final EngineSettings settings;
    private final EngineLanes lanes;
    private final EngineCommands commands;
    private final TransactionTemplate transaction;

    EngineRestoreHold(
            EngineSettings settings, EngineLanes lanes, EngineCommands commands, TransactionTemplate transaction) {
        this.settings = settings;
        this.lanes = lanes;
        this.commands = commands;
        this.transaction = transaction;
    }

    /** Does nothing unless an operator said when the restore ended ({@code recado.engines.restored-at}). */
    void hold() {
        var restoredAt = settings.restoredAt();
        if (restoredAt == null) {
            return;
        }
        int held = 0;
        for (var lane : lanes.open()) {
            held += CurrentOrganization.get(lane.organizationId(), () -> hold(lane, restoredAt));
        }
        LOG.warn("{} commands of direct engines are held as unknown because of the restore at {}", held, restoredAt);
    }

    private int hold(EngineLanes.Lane lane, Instant restoredAt) {
        var held = transaction.execute(status -> commands.holdOpenSince(restoredAt, lane.lineId()));
        return held == null ? 0 : held;
    }
}
