package app.recado.scheduling;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Deposits that patients are asked for with a visit. All but {@link #release()} is part of the caller's transaction. */
public interface Deposits {

    /**
     * What is asked for.
     *
     * @param minor in the currency's smallest unit
     * @param currency ISO 4217
     * @param link where to pay it, https
     * @param dueAt until when; then the visit is released
     */
    record Terms(long minor, String currency, String link, Instant dueAt) {}

    /** What was asked for, and what became of it. */
    record Deposit(DepositState state, Terms terms) {}

    /** Asks for one with a visit that was just booked. */
    void ask(UUID appointmentId, Terms terms);

    /** Empty for a visit that none was asked for. */
    Optional<Deposit> of(UUID appointmentId);

    /** Releases the visits of all organizations whose deposit is overdue, each in a transaction of its own. */
    void release();
}
