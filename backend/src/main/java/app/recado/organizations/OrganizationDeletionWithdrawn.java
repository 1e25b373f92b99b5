package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A clinic that was to be deleted stays.
 *
 * @param id the clinic
 * @param dueAt when it would have been deleted
 */
record OrganizationDeletionWithdrawn(UUID id, Instant dueAt) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("deletionDueAt", new Change(dueAt.toString(), null));
    }
}
