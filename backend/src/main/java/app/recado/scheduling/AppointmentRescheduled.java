package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/** A visit has another time or practitioner: its schedule version rose and nobody has confirmed the new one yet. */
public record AppointmentRescheduled(UUID id) implements Auditable, Publishable {}
