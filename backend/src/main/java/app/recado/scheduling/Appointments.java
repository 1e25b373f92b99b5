package app.recado.scheduling;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The appointments of the current organization, for those who write to patients and read their answers. Needs an open
 * transaction.
 */
public interface Appointments {

    /** Empty for unknown ids and for appointments of other organizations alike. */
    Optional<AppointmentFacts> find(UUID id);

    /**
     * The same, holding the row until the transaction ends: nobody moves or cancels the visit meanwhile. Whoever also
     * locks messages of the appointment takes this lock first, because moving a visit locks in that order.
     */
    Optional<AppointmentFacts> lock(UUID id);

    /**
     * The same for many, by id, locked in the order of their ids; unknown ones are left out. Whoever locks several takes
     * them all by one call.
     */
    Map<UUID, AppointmentFacts> lockAll(Collection<UUID> ids);

    /** The same as they are now, not locked. */
    Map<UUID, AppointmentFacts> findAll(Collection<UUID> ids);

    /**
     * Records what the patient answered.
     *
     * @param source {@code patient} or {@code staff}
     * @param text the patient's words; null when staff heard them
     * @param at when the patient said it, which orders answers that arrive late
     * @return false when nothing was recorded: the visit moved on or is no longer awaited, or a later answer stands
     */
    boolean recordParticipation(
            UUID id,
            long scheduleVersion,
            Participation participation,
            String source,
            @Nullable String text,
            Instant at);

    /**
     * Forgets what the patient answered, because they took it back.
     *
     * @param saidAt when they had said it
     * @param at when they took it back
     * @return false when nothing was changed: that answer no longer stands, or the visit is no longer awaited
     */
    boolean withdrawParticipation(UUID id, Instant saidAt, Instant at);

    /**
     * Records again what the patient answered before the visit was moved and moved back; nothing else follows from it.
     *
     * @param saidAt when they had said it
     * @param at when the visit was moved back
     * @return false when nothing was changed: something else was said of the visit later, or it is no longer awaited
     */
    boolean restoreParticipation(UUID id, Instant saidAt, Instant at);

    /**
     * Cancels because the patient said so.
     *
     * @return false when nothing was cancelled: the visit moved on or its status does not allow it
     */
    boolean cancelByPatient(UUID id, long scheduleVersion, Instant at);
}
