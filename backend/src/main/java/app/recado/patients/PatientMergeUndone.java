package app.recado.patients;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/**
 * Two patients who were merged are two again.
 *
 * @param id who stood for both
 * @param restoredId who is a patient again
 * @param by the account
 */
public record PatientMergeUndone(UUID id, UUID restoredId, String by) implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "patient.merge_undone";
    }

    @Override
    public UUID resourceId() {
        return id;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("restoredId", restoredId.toString());
    }
}
