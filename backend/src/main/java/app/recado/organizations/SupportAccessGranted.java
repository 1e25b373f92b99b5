package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An owner lets the platform's support look into the clinic.
 *
 * @param id the clinic
 * @param until until when
 */
record SupportAccessGranted(UUID id, Instant until) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("until", new Change(null, until.toString()));
    }
}
