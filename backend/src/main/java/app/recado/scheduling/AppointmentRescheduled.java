package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * A visit has another time or practitioner: its schedule version rose and nobody has confirmed the new one yet.
 *
 * @param follows it moved with another visit that it repeats
 */
public record AppointmentRescheduled(UUID id, boolean follows) implements Auditable, Publishable {

    /** Of a visit alone, or of the first of several. */
    public AppointmentRescheduled(UUID id) {
        this(id, false);
    }

    @Override
    public String eventType() {
        return "appointment.rescheduled";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
