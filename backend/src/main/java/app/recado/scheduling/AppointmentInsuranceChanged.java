package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/** Staff wrote down who pays for a visit. */
public record AppointmentInsuranceChanged(UUID id) implements Auditable, Publishable {}
