package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * After a restore from backup the database has forgotten what was sent since. Whatever may have been sent is held as
 * {@code unknown} before anything else is sent: receipts settle it, or people do. Messages that fell due only after the
 * restore cannot have been sent and go on.
 */
@Component
class RestoreHold {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreHold.class);
    private static final String REASON = "restored-from-backup";

    private final MessagingSettings settings;
    private final OutboxAcrossClinics clinics;
    private final Messages messages;
    private final TransactionTemplate transaction;

    RestoreHold(
            MessagingSettings settings,
            OutboxAcrossClinics clinics,
            Messages messages,
            TransactionTemplate transaction) {
        this.settings = settings;
        this.clinics = clinics;
        this.messages = messages;
        this.transaction = transaction;
    }

    /** Whether it is in doubt because of a restore. */
    static boolean holds(StoredMessage message) {
        return message.state() == MessageState.UNKNOWN && REASON.equals(message.reason());
    }

    /** Does nothing unless an operator said when the restore ended ({@code recado.messaging.restored-at}). */
    void hold() {
        var restoredAt = settings.restoredAt();
        if (restoredAt == null) {
            return;
        }
        int held = 0;
        for (var organization : clinics.withOpenMessages()) {
            held += CurrentOrganization.get(organization, () -> hold(restoredAt));
        }
        LOG.warn("{} messages are held as unknown because of the restore that ended at {}", held, restoredAt);
    }

    private int hold(Instant restoredAt) {
        var held = transaction.execute(status -> {
            var open = messages.openAsOf(restoredAt);
            for (var id : open) {
                messages.lock(id).ifPresent(message -> {
                    messages.settle(message, MessageState.UNKNOWN, REASON, messages.now());
                    messages.settleWithdrawal(message);
                });
            }
            return open.size();
        });
        return held == null ? 0 : held;
    }
}
