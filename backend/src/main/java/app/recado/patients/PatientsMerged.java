package app.recado.patients;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/**
 * Two patients were one person.
 *
 * @param id who goes on
 * @param replacedId who is no patient any more
 * @param by the account
 */
public record PatientsMerged(UUID id, UUID replacedId, String by) implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "patient.merged";
    }

    @Override
    public UUID resourceId() {
        return id;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("replacedId", replacedId.toString());
    }
}
