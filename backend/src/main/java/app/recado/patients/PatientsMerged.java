package app.recado.patients;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * Two patients were one person.
 *
 * @param id who goes on
 * @param replacedId who is no patient any more
 * @param by the account
 */
public record PatientsMerged(UUID id, UUID replacedId, String by) implements Auditable, Publishable {}
