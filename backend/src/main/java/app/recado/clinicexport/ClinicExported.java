package app.recado.clinicexport;

import app.recado.kernel.Auditable;

/**
 * Somebody takes out everything that the clinic has.
 *
 * @param by the account
 */
record ClinicExported(String by) implements Auditable {}
