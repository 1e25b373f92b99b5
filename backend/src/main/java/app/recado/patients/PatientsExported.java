package app.recado.patients;

import app.recado.kernel.Auditable;

/**
 * Somebody exports the whole register.
 *
 * @param by the account
 */
public record PatientsExported(String by) implements Auditable {}
