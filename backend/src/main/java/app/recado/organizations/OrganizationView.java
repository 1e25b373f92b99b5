package app.recado.organizations;

import app.recado.kernel.Versioned;
import java.time.Instant;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A clinic and its settings.
 *
 * @param alias short name in tokens and addresses; never changes
 * @param country ISO 3166-1 alpha-2
 * @param timeZone IANA zone
 * @param locale es, en or pt-BR
 * @param visitWord what the clinic calls a visit in Spanish: turno or cita
 * @param declineAction what a patient's "no" does: {@code cancel} the visit or {@code ask-staff}
 * @param reminderLeadMinutes how long before a visit the reminder leaves
 * @param confirmationOnBooking whether booking sends a confirmation at once
 * @param quietHours when no message leaves, in the clinic's zone; null for never
 * @param state provisioning until its first owner is in place, then active
 */
record OrganizationView(
        UUID id,
        String name,
        String alias,
        String country,
        String timeZone,
        String locale,
        String visitWord,
        String declineAction,
        int reminderLeadMinutes,
        boolean confirmationOnBooking,
        @Nullable QuietHours quietHours,
        String state,
        Instant createdAt,
        long version)
        implements Versioned {

    /** From the first quiet minute to the first that is not; may pass midnight. */
    record QuietHours(LocalTime from, LocalTime to) {}
}
