package app.recado.scheduling;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * A visit never was: it came with a file whose import is undone. Heard inside the transaction that removes it, while its row
 * is held.
 */
public record AppointmentRemoved(UUID id) implements Auditable {}
