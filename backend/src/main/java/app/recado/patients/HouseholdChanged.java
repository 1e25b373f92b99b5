package app.recado.patients;

import app.recado.kernel.Auditable;
import java.util.List;
import java.util.UUID;

/**
 * Who answers the phone for some patients was written down, changed or removed.
 *
 * @param id of the household
 * @param patients who belonged to it before or do now
 * @param by the account
 */
public record HouseholdChanged(UUID id, List<UUID> patients, String by) implements Auditable {

    public HouseholdChanged {
        patients = List.copyOf(patients);
    }

    @Override
    public UUID recordId() {
        return id;
    }
}
