package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/** A visit took a step on its day: arrived, checked in, fulfilled or missed. */
public record AppointmentStatusChanged(UUID id) implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "appointment.status_changed";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
