package app.recado.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for: a patient, or a contact who is none or may be several. Everything for one of them is one
 * conversation. Exactly one id is set.
 */
record Addressee(@Nullable UUID patientId, @Nullable UUID contactId) {

    Addressee {
        if ((patientId == null) == (contactId == null)) {
            throw new IllegalArgumentException("A message is for a patient or for a contact");
        }
    }

    static Addressee patient(UUID id) {
        return new Addressee(id, null);
    }

    static Addressee contact(UUID id) {
        return new Addressee(null, id);
    }
}
