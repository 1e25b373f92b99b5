package app.recado.scheduling;

import app.recado.kernel.Auditable;

/**
 * Somebody exports the visits of some days.
 *
 * @param by the account
 */
public record AppointmentsExported(String by) implements Auditable {}
