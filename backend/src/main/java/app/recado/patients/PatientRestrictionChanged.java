package app.recado.patients;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * The processing of a patient's data is restricted, or may go on.
 *
 * @param by the account
 * @param byName what the account is called
 */
public record PatientRestrictionChanged(UUID patientId, boolean restricted, String by, String byName)
        implements Auditable {}
