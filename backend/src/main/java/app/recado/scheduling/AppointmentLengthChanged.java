package app.recado.scheduling;

import app.recado.kernel.Auditable;
import app.recado.kernel.Publishable;
import java.util.Map;
import java.util.UUID;

/** Staff let a visit end earlier or later; it begins when it did, with whom and where it did. */
public record AppointmentLengthChanged(UUID id) implements Auditable, Publishable {
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
        return Map.of("what", "length");
    }
}
