package app.recado.scheduling;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * Staff put a visit over others on purpose, as a booking or by moving it.
 *
 * @param by the account
 */
public record AppointmentOverbooked(UUID id, String by) implements Auditable {
    @Override
    public UUID recordId() {
        return id;
    }
}
