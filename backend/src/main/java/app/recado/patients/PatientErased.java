package app.recado.patients;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.UUID;

/**
 * A person was taken out of the clinic's records.
 *
 * @param id whose card it was
 * @param by the account
 */
public record PatientErased(UUID id, String by) implements Auditable, Publishable {

    @Override
    public String eventType() {
        return "patient.erased";
    }

    @Override
    public UUID resourceId() {
        return id;
    }
}
