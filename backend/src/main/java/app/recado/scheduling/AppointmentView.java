package app.recado.scheduling;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as staff see it.
 *
 * @param timeZone the zone in which its hour is meant
 * @param cancellationCode why it was cancelled, from FHIR's list; null while it is not, or when nobody said
 * @param participationSource {@code patient} or {@code staff}: who told; null while there is no answer
 * @param participationText the patient's own words
 * @param source where it was booked
 * @param outsideHours staff booked it outside the practitioner's hours on purpose
 * @param messages the latest message about it; null when none was planned
 */
@Schema(name = "Appointment")
record AppointmentView(
        UUID id,
        PatientOfVisit patient,
        PractitionerOfVisit practitioner,
        ServiceOfVisit healthcareService,
        Instant start,
        Instant end,
        String timeZone,
        AppointmentStatus status,
        Participation participation,

        @Schema(allowableValues = {"patient", "staff"}) @Nullable String participationSource,

        @Nullable String participationText,
        @Nullable Instant participationAt,
        @Nullable String note,
        @Nullable CancellationCode cancellationCode,
        @Nullable String cancellationReason,
        @Nullable Instant arrivedAt,
        @Nullable Instant checkedInAt,
        AppointmentSource source,
        boolean outsideHours,
        @Nullable MessageSummary messages,
        long version,
        Instant createdAt)
        implements Versioned {

    /**
     * Who comes.
     *
     * @param phone E.164
     * @param messaging {@code allowed} or {@code opted-out}
     */
    record PatientOfVisit(
            UUID id,
            String displayName,
            @Nullable String phone,

            @Schema(allowableValues = {"allowed", "opted-out"})
            String messaging) {}

    /** Whom they see. */
    record PractitionerOfVisit(UUID id, String displayName) {}

    /** What for. */
    record ServiceOfVisit(UUID id, String name) {}

    AppointmentView with(@Nullable MessageSummary latest) {
        return new AppointmentView(
                id,
                patient,
                practitioner,
                healthcareService,
                start,
                end,
                timeZone,
                status,
                participation,
                participationSource,
                participationText,
                participationAt,
                note,
                cancellationCode,
                cancellationReason,
                arrivedAt,
                checkedInAt,
                source,
                outsideHours,
                latest,
                version,
                createdAt);
    }
}
