package app.recado.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Times that are kept for a patient who is filling the form of the booking page: nobody else is offered them, and neither the
 * desk nor another form can take them, until the hold expires. Everything here is part of the caller's transaction.
 */
public interface SlotHolds {

    /**
     * A time that is kept.
     *
     * @param expiresAt from then on it counts no more, whether its row is still there or not
     */
    record Held(UUID id, UUID practitionerId, Instant start, Instant end, Instant expiresAt) {}

    /**
     * Keeps a time that is free by every rule of {@link app.recado.scheduling.availability.Availability}.
     *
     * @param practitionerId null for anybody who offers the service
     * @param length for how long it is kept
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with the nearest free times, {@code
     *     healthcare-service-unknown}, {@code practitioner-unknown}
     */
    Held place(UUID serviceId, @Nullable UUID practitionerId, Instant start, Duration length);

    /** Keeps it until then at least.
     *
     * @return false when it has expired or is gone */
    boolean extend(UUID holdId, Instant until);

    /** Gives the time back; does nothing when it is gone already. */
    void release(UUID holdId);

    /** How many of the booking page count now, in the whole clinic. */
    int live();
}
