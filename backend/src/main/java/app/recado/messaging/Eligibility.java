package app.recado.messaging;

/** Decides at the moment of sending. Implemented by the module that plans messages. */
public interface Eligibility {

    /**
     * Called inside the transaction that hands the message over, before the message is locked. Takes the subject's lock
     * and holds it, so that nothing it has read changes before the hand-over is committed.
     */
    Verdict check(DueMessage message);
}
