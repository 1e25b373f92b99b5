package app.recado.organizations;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
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
 * @param locale the language its patients are written to in, unless they have another
 * @param visitWord what the clinic calls a visit in Spanish: turno or cita
 * @param declineAction what a patient's "no" does: {@code cancel} the visit or {@code ask-staff}
 * @param quietHours when no message leaves, in the clinic's zone; null for never
 * @param state provisioning until its first owner is in place, then active; suspended while nobody may work in it
 * @param suspension why and since when it is suspended; null while it is not
 */
record OrganizationView(
        UUID id,
        String name,
        String alias,
        String country,
        String timeZone,
        @Schema(allowableValues = {"es", "en", "pt-BR"}) String locale,

        @Schema(allowableValues = {"turno", "cita"}) String visitWord,

        @Schema(allowableValues = {"cancel", "ask-staff"}) String declineAction,

        @Nullable QuietHours quietHours,

        @Schema(allowableValues = {"provisioning", "active", "suspended"})
        String state,

        @Nullable Suspension suspension,

        Instant createdAt,
        long version)
        implements Versioned {

    /** From the first quiet minute to the first that is not; may pass midnight. */
    record QuietHours(LocalTime from, LocalTime to) {}

    /** That nobody may work in a clinic. */
    record Suspension(
            @Schema(description = "Why") SuspensionReason reason,

            @Schema(description = "Since when, in UTC", example = "2026-11-24T13:00:00Z")
            Instant since,

            @Schema(
                    description = "When the clinic is deleted, unless that is taken back; null while it is not to be",
                    example = "2026-12-24T13:00:00Z")
            @Nullable Instant deletionDueAt) {}
}
