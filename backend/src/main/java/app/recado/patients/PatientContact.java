package app.recado.patients;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a patient is reached.
 *
 * @param greetingName to address whoever reads a message: the patient's given name (the family name of people without a
 *     given one), or, where somebody of their household answers the phone, that person's and whom it is about: {@code Ana
 *     (por Leo)}
 * @param displayName given and family name, as the clinic wrote them
 * @param phone E.164 with a leading plus, the one of their numbers that is written to; null when the clinic has none
 * @param language es, en or pt-BR: the language to write to them in
 * @param optedOut true when they asked for no more messages
 * @param marketingOptedOut true when they want no marketing, or may not be sent any; messages about visits are another matter
 * @param restricted true while the processing of their data is restricted: nothing is written to them by itself, and by hand
 *     only by somebody who was told
 */
public record PatientContact(
        UUID id,
        String greetingName,
        String displayName,
        @Nullable String phone,
        String language,
        boolean optedOut,
        boolean marketingOptedOut,
        boolean restricted) {}
