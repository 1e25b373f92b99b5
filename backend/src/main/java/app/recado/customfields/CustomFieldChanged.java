package app.recado.customfields;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * An owner defined a field, changed it, moved it among the others, retired it or brought it back.
 *
 * @param what {@code defined}, {@code changed}, {@code moved}, {@code retired} or {@code reactivated}
 * @param by the account
 */
public record CustomFieldChanged(UUID id, String what, String by) implements Auditable {}
