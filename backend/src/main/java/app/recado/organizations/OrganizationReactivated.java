package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * A clinic that was suspended may be worked in again. Published inside a transaction of that clinic.
 *
 * @param id the clinic
 * @param reason why it was suspended, a word of the API
 */
public record OrganizationReactivated(UUID id, String reason) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("reason", new Change(reason, null));
    }
}
