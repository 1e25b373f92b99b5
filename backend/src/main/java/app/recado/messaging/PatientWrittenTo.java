package app.recado.messaging;

import java.util.UUID;

/**
 * Somebody of the clinic wrote to a patient, and the message is on its way to the line. Heard inside the transaction that
 * hands it over.
 *
 * @param messageId the message, which has not left yet
 * @param lineId the line it leaves on
 * @param phone E.164
 */
public record PatientWrittenTo(UUID messageId, UUID lineId, String phone) {

    /** The number belongs to a patient: never printed. */
    @Override
    public String toString() {
        return "PatientWrittenTo[messageId=" + messageId + ", lineId=" + lineId + "]";
    }
}
