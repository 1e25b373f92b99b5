package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/** A visit was put into the agenda, or one that a patient had asked for was accepted. Heard inside the transaction that did it. */
public record AppointmentBooked(UUID id) implements Auditable, Publishable {}
