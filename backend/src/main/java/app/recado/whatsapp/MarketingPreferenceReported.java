package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody told the platform, not the clinic, whether they want its marketing. Messages about visits are another matter.
 * Heard inside the transaction that stores the webhook.
 *
 * @param phone E.164
 */
public record MarketingPreferenceReported(UUID lineId, String phone, boolean allowed, Instant at) {

    /** The number belongs to a patient: never printed. */
    @Override
    public String toString() {
        return "MarketingPreferenceReported[lineId=" + lineId + ", allowed=" + allowed + "]";
    }
}
