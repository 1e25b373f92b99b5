package app.recado.integrations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * What a program of a third party may do was decided.
 *
 * @param id the client
 * @param action {@code api-client-created}, {@code -changed}, {@code -revoked} or {@code api-client-key-issued}
 * @param changes what it may do, whence and how long, before and now; no secret
 */
record ApiClientChanged(UUID id, String action, Map<String, Auditable.Change> changes) implements Auditable {

    ApiClientChanged {
        changes = Map.copyOf(changes);
    }

    @Override
    public UUID recordId() {
        return id;
    }
}
