package app.recado.patients;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * A picture or a document was attached to a patient's card, or removed from it.
 *
 * @param attached false when it was removed
 */
record PatientFileChanged(UUID patientId, UUID fileId, boolean attached) implements Auditable {

    @Override
    public UUID recordId() {
        return patientId;
    }

    @Override
    public Map<String, Change> changes() {
        var id = fileId.toString();
        return Map.of("fileId", attached ? new Change(null, id) : new Change(id, null));
    }
}
