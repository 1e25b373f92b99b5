package app.recado.scheduling;

import app.recado.customfields.CustomValue;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.ContactData;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as staff see it.
 *
 * @param location null for a visit from before there were locations
 * @param room the room or equipment it takes; null for none
 * @param insurance who pays; null for the patient
 * @param timeZone the zone in which its hour is meant
 * @param cancellationCode why it was cancelled, from FHIR's list; null while it is not, or when nobody said
 * @param noShowCode why the patient did not come; null while they did not miss it, or when nobody found out
 * @param noShowReason more about that, in words
 * @param reinstatableUntil until when staff may take their cancellation back, should the time still be free; null while
 *     it is not cancelled, or when the patient cancelled
 * @param participationSource {@code patient} or {@code staff}: who told; null while there is no answer
 * @param participationText the patient's own words
 * @param source where it was booked
 * @param outsideHours staff booked it outside the practitioner's hours on purpose
 * @param overbooked staff booked it over others on purpose: it occupies neither its practitioner nor its room
 * @param capacity how many share its time with its service, practitioner and room; null while it has them alone
 * @param deposit what was asked for with it; null for nothing
 * @param seriesId the series it repeats in; null for a visit alone
 * @param customFields what is written in fields of the clinic's own, by their keys; in retired ones too
 * @param messages the latest message about it; null when none was planned
 */
@Schema(name = "Appointment")
record AppointmentView(
        UUID id,
        PatientOfVisit patient,
        PractitionerOfVisit practitioner,
        ServiceOfVisit healthcareService,

        @Schema(description = "Where; null for a visit from before there were locations") @Nullable LocationOfVisit location,

        @Schema(description = "The room or equipment it takes; null for none") @Nullable RoomOfVisit room,

        @Schema(description = "Who pays; null for the patient") @Nullable InsuranceOfVisit insurance,

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

        @Schema(
                description =
                        "Why the patient did not come; null while the visit was not missed, or when nobody found out",
                example = "forgot")
        @Nullable NoShowCode noShowCode,

        @Schema(example = "Se olvidó del turno") @Nullable String noShowReason,

        @Schema(
                description =
                        "Until when staff may take their cancellation back, should the time still be free; null while"
                                + " it is not cancelled, or when the patient cancelled",
                example = "2026-11-23T12:10:00Z")
        @Nullable Instant reinstatableUntil,

        @Nullable Instant arrivedAt,
        @Nullable Instant checkedInAt,
        AppointmentSource source,
        boolean outsideHours,

        @Schema(
                description =
                        "Staff booked it over others on purpose: it occupies neither its practitioner nor its room",
                example = "false")
        boolean overbooked,

        @Schema(description = "How many patients share its time, as in a class; null for a visit alone", example = "8")
        @Nullable Integer capacity,

        @Schema(description = "What was asked for with a booking online; null for nothing") @Nullable DepositOfVisit deposit,

        @Schema(
                description = "The series it repeats in; null for a visit alone",
                example = "01937f3e-0000-7000-8000-000000000031")
        @Nullable UUID seriesId,

        List<CustomValue> customFields,
        @Nullable MessageSummary messages,
        long version,
        Instant createdAt)
        implements Versioned {

    /**
     * Who comes.
     *
     * @param phone E.164
     * @param messaging {@code allowed} or {@code opted-out}
     * @param restricted whether the processing of their data is restricted
     */
    record PatientOfVisit(
            UUID id,
            String displayName,
            @ContactData @Nullable String phone,

            @Schema(allowableValues = {"allowed", "opted-out"})
            String messaging,

            @Schema(example = "false") boolean restricted) {}

    /** Whom they see. */
    record PractitionerOfVisit(UUID id, String displayName) {}

    /** Where. */
    record LocationOfVisit(UUID id, String name) {}

    /** What it takes beside the practitioner's time. */
    record RoomOfVisit(UUID id, String name) {}

    /** Money that was asked for in advance. */
    @Schema(name = "AppointmentDeposit")
    record DepositOfVisit(
            DepositState state,

            @Schema(description = "In the currency's smallest unit, for example cents", example = "500000")
            long amountMinor,

            @Schema(description = "ISO 4217", example = "ARS")
            String currency,

            @Schema(description = "Until when it is to be paid", example = "2026-11-24T18:00:00Z")
            Instant dueAt) {}

    /** Who pays. */
    record InsuranceOfVisit(UUID id, String name) {}

    /** What for. */
    record ServiceOfVisit(UUID id, String name) {}

    AppointmentView with(@Nullable MessageSummary latest) {
        return new AppointmentView(
                id,
                patient,
                practitioner,
                healthcareService,
                location,
                room,
                insurance,
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
                noShowCode,
                noShowReason,
                reinstatableUntil,
                arrivedAt,
                checkedInAt,
                source,
                outsideHours,
                overbooked,
                capacity,
                deposit,
                seriesId,
                customFields,
                latest,
                version,
                createdAt);
    }
}
