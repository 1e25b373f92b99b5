package app.recado.patients;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * A patient is reached at another number.
 *
 * @param by the account that agreed to it
 */
public record PatientPhoneChanged(UUID patientId, String by) implements Auditable {
    @Override
    public UUID recordId() {
        return patientId;
    }
}
