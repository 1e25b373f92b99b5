package app.recado.clinicalnotes;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * A practitioner wrote a note or corrected one. Not for third parties: that there is one says something of the patient.
 *
 * @param by the account
 */
record ClinicalNoteWritten(UUID id, UUID patientId, String by) implements Auditable {
    @Override
    public UUID recordId() {
        return patientId;
    }
}
