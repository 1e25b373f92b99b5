package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/** Staff wrote down why a patient did not come. */
public record AppointmentNoShowExplained(UUID id) implements Auditable, Publishable {
    @Override
    public String eventType() {
        return "appointment.changed";
    }

    @Override
    public UUID resourceId() {
        return id;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("what", "no-show-reason");
    }
}
