package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * A visit will not take place.
 *
 * @param by {@code staff} or {@code patient}: who called it off decides whom to tell
 * @param requested the patient had asked for it and was waiting for the clinic's answer
 * @param follows it is cancelled with another visit that it repeats
 */
public record AppointmentCancelled(UUID id, String by, boolean requested, boolean follows)
        implements Auditable, Publishable {

    /** Of a visit that stood in the agenda. */
    public AppointmentCancelled(UUID id, String by) {
        this(id, by, false);
    }

    /** Of a visit alone. */
    public AppointmentCancelled(UUID id, String by, boolean requested) {
        this(id, by, requested, false);
    }

    @Override
    public String eventType() {
        return "appointment.cancelled";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
