package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * Staff took their cancellation back: the visit is what it was before.
 *
 * @param resumes the schedule version that was cancelled
 */
public record AppointmentReinstated(UUID id, long resumes) implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "appointment.reinstated";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
