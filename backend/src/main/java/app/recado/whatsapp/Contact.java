package app.recado.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wrote to the clinic or was written to, whether they are a patient or not.
 *
 * @param phone E.164; null while nobody told it
 * @param name as they call themselves; null when they do not
 */
public record Contact(
        UUID id, @Nullable String phone, @Nullable String name) {

    /** Number and name belong to a person: never printed. */
    @Override
    public String toString() {
        return "Contact[id=" + id + "]";
    }
}
