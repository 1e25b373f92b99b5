package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.UUID;

/**
 * The platform's support looked into the clinic, for the first time in an hour. Which patients it saw stands in the record of
 * who looked at whom, like everybody's.
 *
 * @param id the clinic
 */
record SupportAccessUsed(UUID id) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of();
    }
}
