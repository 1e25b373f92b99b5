package app.recado.messaging;

import java.util.Optional;
import java.util.UUID;

/** Messages to patients of the current organization. Everything here is part of the caller's transaction. */
public interface Outbox {

    /** Plans a message.
     *
     * @return its id, or empty when there already is one for that subject, version and kind */
    Optional<UUID> plan(PlannedMessage message);

    /**
     * What was planned for older versions must not be sent any more. What waits is superseded at once; what the gateway
     * has is asked back after commit, and {@link WithdrawLost} is published when that comes too late. Answers to older
     * versions no longer count. Call it holding the subject's own lock.
     */
    void supersede(UUID subjectId, long belowVersion);

    /** Asks back whatever the gateway still holds for that number, because its owner opted out. */
    void withdrawAllTo(String phone);

    /** Whether the patient may have seen any message about the subject. */
    boolean told(UUID subjectId);
}
