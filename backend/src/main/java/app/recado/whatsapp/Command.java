package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;

/**
 * One message to be sent.
 *
 * @param providerMessageId the id it will have at WhatsApp, chosen by us so that receipts and echoes find it; providers
 *     that choose ids themselves keep both
 * @param to whom it is for: see {@link Recipient}
 * @param notAfter it must not be sent later than this
 */
public record Command(
        UUID lineId, UUID messageId, String providerMessageId, String to, Payload payload, Instant notAfter) {

    /** Number and content belong to a patient: never printed. */
    @Override
    public String toString() {
        return "Command[lineId=" + lineId + ", messageId=" + messageId + ", notAfter=" + notAfter + "]";
    }
}
