package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * A visit will not take place.
 *
 * @param by {@code staff} or {@code patient}: who called it off decides whom to tell
 */
public record AppointmentCancelled(UUID id, String by) implements Auditable, Publishable {}
