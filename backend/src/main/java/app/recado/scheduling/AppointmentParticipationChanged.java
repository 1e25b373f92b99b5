package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/** The patient said whether they come, or staff took that back. */
public record AppointmentParticipationChanged(UUID id) implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "appointment.answered";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
