package app.recado.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of the clinic wrote to a patient or a contact, and the message is on its way to the line. Heard inside the transaction that
 * hands it over.
 *
 * @param messageId the message, which has not left yet
 * @param lineId the line it leaves on
 * @param phone E.164; null for a contact whose phone nobody knows
 * @param contactId null for a patient, who is known by their phone
 */
public record PatientWrittenTo(
        UUID messageId,
        UUID lineId,
        @Nullable String phone,
        @Nullable UUID contactId) {

    /** The number belongs to a patient: never printed. */
    @Override
    public String toString() {
        return "PatientWrittenTo[messageId=" + messageId + ", lineId=" + lineId + "]";
    }
}
