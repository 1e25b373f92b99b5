package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/** Staff gave a visit another room, or none. */
public record AppointmentRoomChanged(UUID id) implements Auditable, Publishable {}
