package app.recado.patients;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a patient is reached.
 *
 * @param displayName given and family name, as the clinic wrote them
 * @param phone E.164 with a leading plus; null when the clinic has none
 * @param language es, en or pt-BR: the language to write to them in
 * @param optedOut true when they asked for no more messages
 */
public record PatientContact(
        UUID id,
        String givenName,
        String displayName,
        @Nullable String phone,
        String language,
        boolean optedOut) {}
