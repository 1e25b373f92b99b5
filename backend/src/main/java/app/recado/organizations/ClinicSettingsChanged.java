package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the clinic works is different.
 *
 * @param id the clinic
 * @param changes its settings before and now
 */
record ClinicSettingsChanged(UUID id, Map<String, Auditable.Change> changes) implements Auditable {

    ClinicSettingsChanged {
        changes = Map.copyOf(changes);
    }

    static ClinicSettingsChanged between(OrganizationView before, OrganizationView after) {
        var changes = new TreeMap<String, Change>();
        Change.add(changes, "declineAction", before.declineAction(), after.declineAction());
        Change.add(changes, "name", before.name(), after.name());
        Change.add(changes, "quietHours", hours(before), hours(after));
        Change.add(changes, "visitWord", before.visitWord(), after.visitWord());
        return new ClinicSettingsChanged(after.id(), changes);
    }

    private static @Nullable String hours(OrganizationView clinic) {
        var quiet = clinic.quietHours();
        return quiet == null ? null : quiet.from() + "-" + quiet.to();
    }

    @Override
    public UUID recordId() {
        return id;
    }
}
