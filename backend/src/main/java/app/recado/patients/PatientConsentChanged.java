package app.recado.patients;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/**
 * A patient is, or is no longer, to be written to.
 *
 * @param purpose {@code care} for everything, {@code marketing} for that alone
 * @param by {@code patient}, {@code phone} when the number they were registered with had said so before, {@code provider},
 *     or the account of staff
 */
public record PatientConsentChanged(UUID id, String purpose, boolean allowed, String by)
        implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "patient.consent_changed";
    }

    @Override
    public UUID resourceId() {
        return id;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("purpose", purpose, "allowed", String.valueOf(allowed));
    }
}
