package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * A clinic decided anew what its people may do beside their roles.
 *
 * @param id the clinic
 * @param changes by permission: roles that hold it, accounts it was given to and withheld from
 */
record MemberPermissionsChanged(UUID id, Map<String, Auditable.Change> changes) implements Auditable {

    MemberPermissionsChanged {
        changes = Map.copyOf(changes);
    }

    @Override
    public UUID recordId() {
        return id;
    }
}
