package app.recado.messaging;

import java.util.UUID;

/**
 * Words that a module sends to a patient because somebody of the clinic asked it to: what staff write by hand, with all its
 * rules. Needs an open transaction.
 */
public interface PatientMessages {

    /**
     * Keeps a text to be sent at once, on the clinic's default line.
     *
     * @param by the account that asked
     * @return the message's id
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}, {@code patient-restricted}, {@code window-closed}; {@code invalid-fields} at
     *     {@code /patientId} for somebody without a phone, or who wants no messages
     */
    UUID write(UUID patient, String text, String by);
}
