package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * A visit was put into the agenda, or one that a patient had asked for was accepted. Heard inside the transaction that did
 * it.
 *
 * @param follows it repeats another visit that is booked with it: who is told of that one needs no confirmation of each
 */
public record AppointmentBooked(UUID id, boolean follows) implements Auditable, Publishable {

    /** Of a visit alone, or of the first of several. */
    public AppointmentBooked(UUID id) {
        this(id, false);
    }

    @Override
    public String eventType() {
        return "appointment.booked";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
