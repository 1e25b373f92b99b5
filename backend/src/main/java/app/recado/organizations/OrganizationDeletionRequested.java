package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A clinic is to be deleted.
 *
 * @param id the clinic
 * @param dueAt when, unless that is taken back
 */
record OrganizationDeletionRequested(UUID id, Instant dueAt) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("deletionDueAt", new Change(null, dueAt.toString()));
    }
}
