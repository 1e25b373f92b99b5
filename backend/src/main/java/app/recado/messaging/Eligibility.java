package app.recado.messaging;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Decides at the moment of sending. Implemented by the module that plans messages. */
public interface Eligibility {

    /**
     * Called inside the transaction that hands the messages over, before any of them is locked. Takes the locks of all their
     * subjects, in one order, and holds them, so that nothing it has read changes before the hand-over is committed.
     *
     * @return a verdict on each, by the message's id
     */
    Map<UUID, Verdict> check(Collection<DueMessage> due);
}
