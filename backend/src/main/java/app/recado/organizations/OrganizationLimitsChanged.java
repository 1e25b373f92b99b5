package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The platform gave a clinic another plan.
 *
 * @param id the clinic
 */
record OrganizationLimitsChanged(UUID id, Map<String, Auditable.Change> changes) implements Auditable {

    OrganizationLimitsChanged {
        changes = Map.copyOf(changes);
    }

    static OrganizationLimitsChanged between(UUID id, Limits.@Nullable Plan before, Limits.Plan after) {
        var changes = new TreeMap<String, Change>();
        Change.add(changes, "plan", before == null ? null : before.name(), after.name());
        for (var limit : Limit.values()) {
            Change.add(changes, limit.wireName(), before == null ? null : before.most(limit), after.most(limit));
        }
        return new OrganizationLimitsChanged(id, changes);
    }

    @Override
    public UUID recordId() {
        return id;
    }
}
