package app.recado.conversations;

import app.recado.patients.PatientContact;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote in a direct chat.
 *
 * @param phone E.164; null while it is not known
 * @param contactId null only for what was kept before people without a number were
 * @param patients everybody reached at that number, oldest registration first
 */
record Person(@Nullable String phone, @Nullable UUID contactId, List<PatientContact> patients) {

    Person {
        patients = List.copyOf(patients);
    }

    /** The contact; whoever has no number is one. */
    UUID contact() {
        return Objects.requireNonNull(contactId, "whoever has no number is a contact");
    }

    /** Number and names belong to a patient: never printed. */
    @Override
    public String toString() {
        return "Person[contactId=" + contactId + "]";
    }
}
