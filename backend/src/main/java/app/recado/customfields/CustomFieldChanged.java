package app.recado.customfields;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * An owner defined a field, changed it, moved it among the others, retired it or brought it back.
 *
 * @param what {@code defined}, {@code changed}, {@code moved}, {@code retired} or {@code reactivated}
 */
public record CustomFieldChanged(UUID id, String what) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("what", new Change(null, what));
    }
}
