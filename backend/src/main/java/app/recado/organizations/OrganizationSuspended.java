package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * The platform has suspended a clinic: nobody works in it, and nothing leaves in its name. Published inside a transaction of
 * that clinic.
 *
 * @param id the clinic
 * @param reason why, a word of the API
 */
public record OrganizationSuspended(UUID id, String reason) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("reason", new Change(null, reason));
    }
}
