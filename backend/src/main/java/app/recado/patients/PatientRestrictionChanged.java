package app.recado.patients;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * The processing of a patient's data is restricted, or may go on.
 *
 * @param by the account
 * @param byName what the account is called
 */
public record PatientRestrictionChanged(UUID patientId, boolean restricted, String by, String byName)
        implements Auditable {
    @Override
    public UUID recordId() {
        return patientId;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("restricted", new Change(String.valueOf(!restricted), String.valueOf(restricted)));
    }
}
