package app.recado.patients;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a patient is reached.
 *
 * @param givenName to address them by; the family name of people without a given one
 * @param displayName given and family name, as the clinic wrote them
 * @param phone E.164 with a leading plus; null when the clinic has none
 * @param language es, en or pt-BR: the language to write to them in
 * @param optedOut true when they asked for no more messages
 * @param marketingOptedOut true when they want no marketing; messages about visits are another matter
 */
public record PatientContact(
        UUID id,
        String givenName,
        String displayName,
        @Nullable String phone,
        String language,
        boolean optedOut,
        boolean marketingOptedOut) {}
