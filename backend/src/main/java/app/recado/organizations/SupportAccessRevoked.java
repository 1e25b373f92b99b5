package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * An owner ends the platform's look into the clinic before its time.
 *
 * @param id the clinic
 */
record SupportAccessRevoked(UUID id) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of();
    }
}
