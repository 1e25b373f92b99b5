package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.messaging.MessageState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Waits for a message to leave, for somebody who wants to know it before they go on. No connection is held meanwhile, and the
 * message leaves or not whether anybody waits for it.
 */
@Component
class NoticeWatch {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Set<MessageState> LEFT =
            EnumSet.of(MessageState.SENT, MessageState.DELIVERED, MessageState.READ);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration patience;

    NoticeWatch(JdbcClient jdbc, TransactionTemplate transaction, ConversationProperties settings) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.patience = settings.noticePatience();
    }

    /**
     * Returns once WhatsApp took it; at once where the settings allow no patience.
     *
     * @throws app.recado.kernel.ProblemException {@code not-sent-in-time} when it did not within the patience
     */
    void mustLeave(UUID messageId) {
        if (!patience.isZero() && !left(messageId)) {
            throw Problem.NOT_SENT_IN_TIME.because("The ticket counts as acknowledged: do not tell them again");
        }
    }

    private boolean left(UUID messageId) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            if (isOut(messageId)) {
                return true;
            }
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private boolean isOut(UUID messageId) {
        return Objects.requireNonNull(transaction.execute(
                status -> jdbc.sql("select state from message where organization_id = ? and id = ?")
                        .params(CurrentOrganization.id(), messageId)
                        .query((row, n) -> LEFT.contains(MessageState.of(row.getString("state"))))
                        .optional()
                        .orElse(false)));
    }
}
