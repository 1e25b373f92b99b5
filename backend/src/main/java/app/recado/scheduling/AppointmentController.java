package app.recado.scheduling;

import app.recado.customfields.CustomFields;
import app.recado.customfields.CustomValue;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The agenda over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Appointments")
class AppointmentController {

    private final AppointmentService service;
    private final Agenda agenda;
    private final AppointmentHistory history;
    private final PatientReads reads;

    AppointmentController(AppointmentService service, Agenda agenda, AppointmentHistory history, PatientReads reads) {
        this.reads = reads;
        this.service = service;
        this.agenda = agenda;
        this.history = history;
    }

    /**
     * A visit to book.
     *
     * @param start on a whole minute, from 30 days ago (late entry) to two years ahead
     * @param durationMinutes left out, as long as the service usually takes
     * @param note for the front desk
     * @param roomId left out, the first free one that suits, if the service needs any
     * @param outsideHours true to book outside the practitioner's hours on purpose; otherwise that is refused
     * @param overbook true to book over others on purpose; otherwise that is refused
     * @param waitlistEntryId the patient's entry on the waitlist, which ends with this visit
     * @param customFields all values of fields of the clinic's own; left out for none, and then nothing is required
     */
    @Schema(name = "AppointmentInput")
    record NewAppointment(
            @NotNull UUID patientId,
            @NotNull UUID practitionerId,
            @NotNull UUID healthcareServiceId,

            @Schema(
                    description = "Where; left out, wherever the practitioner sees patients then",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId,

            @Schema(
                    description =
                            "The room or equipment it takes, one that suits the service; left out, the first free one, if the service needs any",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId,

            @Schema(
                    description = "Who pays; left out, the patient. One that the practitioner accepts for the service",
                    example = "01937f3e-0000-7000-8000-000000000012")
            @Nullable UUID insuranceId,

            @Schema(example = "2026-11-24T13:00:00Z") @NotNull Instant start,

            @Min(5) @Max(480) @Nullable Integer durationMinutes,
            @Size(max = 500) @Nullable String note,

            @Schema(
                    description = "True to book outside the practitioner's hours on purpose; otherwise that is refused",
                    example = "false")
            @Nullable Boolean outsideHours,

            @Schema(
                    description =
                            "True to book it whatever is in the way: then it occupies neither its practitioner nor its "
                                    + "room, and says so. Where nothing is in the way it is a visit like any other",
                    example = "false")
            @Nullable Boolean overbook,

            @Schema(
                    description = "The patient's entry on the waitlist, which ends with this visit; left out for none",
                    example = "01937f3e-0000-7000-8000-000000000021")
            @Nullable UUID waitlistEntryId,

            @Size(max = CustomFields.MOST * 2) @Valid @Nullable List<@NotNull CustomValue> customFields) {}

    /**
     * Where to move a visit.
     *
     * @param practitionerId left out, the same one
     * @param locationId left out, wherever the practitioner sees patients then
     * @param durationMinutes left out, as long as before
     * @param roomId left out, the one it has where that is free
     * @param outsideHours true to move it outside the practitioner's hours on purpose; otherwise that is refused
     * @param overbook true to move it over others on purpose; otherwise that is refused
     */
    @Schema(name = "AppointmentReschedule")
    record Reschedule(
            @Schema(example = "2026-11-24T13:00:00Z") @NotNull Instant start,

            @Nullable UUID practitionerId,

            @Schema(
                    description = "Where; left out, wherever the practitioner sees patients then",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId,

            @Schema(
                    description =
                            "The room or equipment it takes, one that suits the service; left out, the one it has where that is free, else the first free one",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId,

            @Min(5) @Max(480) @Nullable Integer durationMinutes,

            @Schema(
                    description =
                            "True to move it outside the practitioner's hours on purpose; otherwise that is refused",
                    example = "false")
            @Nullable Boolean outsideHours,

            @Schema(
                    description =
                            "True to book it whatever is in the way: then it occupies neither its practitioner nor its "
                                    + "room, and says so. Where nothing is in the way it is a visit like any other",
                    example = "false")
            @Nullable Boolean overbook) {}

    /**
     * Why a visit is cancelled, for staff and reports; the patient is not shown it.
     *
     * @param code why, from a list that reports count
     * @param reason more about it, in words
     */
    @Schema(name = "AppointmentCancellation")
    record Cancellation(
            @Nullable CancellationCode code,
            @Size(max = 500) @Nullable String reason) {}

    /**
     * Why a patient did not come, for staff and reports; the patient is not shown it.
     *
     * @param code why, from a list that reports count; left out or null, nobody knows
     * @param reason more about it, in words
     */
    @Schema(name = "AppointmentNoShowReason")
    record NoShowReason(
            @Nullable NoShowCode code,
            @Size(max = 500) @Nullable String reason) {}

    /** What the front desk should know of a visit. */
    @Schema(name = "AppointmentNote")
    record Note(
            @Schema(description = "Left out, null or blank, none", example = "Brings the X-ray of last year")
            @Size(max = 500) @Nullable String note) {}

    /** Who pays for a visit. */
    @Schema(name = "AppointmentInsurance")
    record Payer(
            @Schema(
                    description = "Left out or null, the patient. One that the practitioner accepts for the service",
                    example = "01937f3e-0000-7000-8000-000000000012")
            @Nullable UUID insuranceId) {}

    /**
     * What is written in fields of the clinic's own.
     *
     * @param customFields all values; what is left out is removed, but for what stands in retired fields
     */
    @Schema(name = "AppointmentCustomFields")
    record Written(
            @NotNull @Size(max = CustomFields.MOST * 2) @Valid List<@NotNull CustomValue> customFields) {}

    /** What a visit takes beside its practitioner's time. */
    @Schema(name = "AppointmentRoom")
    record TakenRoom(
            @Schema(
                    description = "One at the visit's location that suits the service; left out or null, none",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId) {}

    /** What the patient told staff. */
    @Schema(name = "AppointmentAnswer")
    record Answer(
            @Schema(allowableValues = {"accepted", "declined", "needs-action"}) @NotNull Participation participation) {}

    /** What happened around an appointment, the oldest first. */
    @Schema(name = "Timeline")
    record Timeline(List<TimelineEntry> items) {}

    @Operation(
            operationId = "listAppointments",
            summary = "The agenda of some days",
            description = "Days are the clinic's own, whatever their length; at most 42 of them. Ordered by start.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/appointments")
    Page<AppointmentView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @RequestParam(required = false) @Nullable UUID practitionerId,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return agenda.days(from, to, practitionerId, limit, cursor);
    }

    /** How full days are. */
    @Schema(name = "AppointmentCounts")
    record Counts(List<Agenda.DayCounts> items) {}

    @Operation(
            operationId = "countAppointments",
            summary = "How many visits days have",
            description = "Days are the clinic's own, at most 42 of them; those without visits are left out.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @GetMapping("/appointment-counts")
    Counts counts(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "Left out, everybody") @RequestParam(required = false) @Nullable UUID practitionerId) {
        return new Counts(agenda.counts(from, to, practitionerId));
    }

    @Operation(operationId = "listAppointmentsOfPatient", summary = "Every visit of a patient, the latest first")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/patients/{patientId}/appointments")
    Page<AppointmentView> ofPatient(
            @PathVariable UUID organizationId,
            @PathVariable UUID patientId,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        var visits = agenda.ofPatient(patientId, limit, cursor);
        reads.shown(PatientPart.VISITS, patientId);
        return visits;
    }

    @Operation(
            operationId = "createAppointment",
            summary = "Book a visit",
            description =
                    "The database sells the time of a practitioner and of a room once: of two bookings at the same moment one "
                            + "is answered slot-taken, with all visits in the way and of whom (conflicts), what others keep "
                            + "while they fill a form (holds) and the nearest free times (freeSlots). Staff may send "
                            + "overbook to book it nevertheless.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({
        Problem.SLOT_TAKEN,
        Problem.OUTSIDE_HOURS,
        Problem.WAITLIST_ENTRY_NOT_IN_THAT_STATE,
        Problem.PATIENT_UNKNOWN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.HEALTHCARE_SERVICE_UNKNOWN
    })
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/appointments")
    ResponseEntity<AppointmentView> book(@PathVariable UUID organizationId, @Valid @RequestBody NewAppointment body) {
        var visit = service.book(new AppointmentService.Booking(
                body.patientId(),
                body.practitionerId(),
                body.healthcareServiceId(),
                body.locationId(),
                body.roomId(),
                body.insuranceId(),
                body.start(),
                body.durationMinutes(),
                body.note(),
                Boolean.TRUE.equals(body.outsideHours()),
                Boolean.TRUE.equals(body.overbook()),
                body.waitlistEntryId(),
                body.customFields()));
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/appointments/%s".formatted(organizationId, visit.id())))
                .body(visit);
    }

    @Operation(operationId = "getAppointment", summary = "One appointment")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @GetMapping("/appointments/{id}")
    AppointmentView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var visit = agenda.get(id);
        reads.shown(PatientPart.VISITS, visit.patient().id());
        return visit;
    }

    @Operation(operationId = "getAppointmentTimeline", summary = "What happened around an appointment")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = {Scope.APPOINTMENTS_READ, Scope.MESSAGES_READ})
    @GetMapping("/appointments/{id}/timeline")
    Timeline timeline(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var story = history.of(id);
        reads.shown(PatientPart.MESSAGES, story.patientId());
        return new Timeline(story.entries());
    }

    @Operation(
            operationId = "rescheduleAppointment",
            summary = "Move a visit",
            description = "The visit keeps its id. The patient's answer to the old time no longer counts, and messages "
                    + "planned for it are superseded. One that only ends earlier or later (the same start, another "
                    + "durationMinutes), also while it is going on, keeps the answer, and nobody is told anything.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({
        Problem.SLOT_TAKEN,
        Problem.OUTSIDE_HOURS,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.APPOINTMENT_NOT_IN_THAT_STATE
    })
    @PostMapping("/appointments/{id}/reschedule")
    AppointmentView reschedule(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Reschedule body) {
        return service.reschedule(
                id,
                expected,
                new AppointmentService.Move(
                        body.start(),
                        body.practitionerId(),
                        body.locationId(),
                        body.roomId(),
                        body.durationMinutes(),
                        Boolean.TRUE.equals(body.outsideHours()),
                        Boolean.TRUE.equals(body.overbook())));
    }

    @Operation(
            operationId = "acceptAppointment",
            summary = "Accept a visit that a patient asked for",
            description = "Of visits that came from the booking page and are pending. The patient is told as of any "
                    + "booking. Cancelling declines it, which the patient is told, too.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PostMapping("/appointments/{id}/accept")
    AppointmentView accept(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.accept(id, expected);
    }

    @Operation(
            operationId = "setAppointmentInsurance",
            summary = "Write down who pays for a visit",
            description = "Nobody is told anything.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @PutMapping("/appointments/{id}/insurance")
    AppointmentView payBy(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Payer body) {
        return service.payBy(id, expected, body.insuranceId());
    }

    @Operation(
            operationId = "setAppointmentRoom",
            summary = "Give a visit another room",
            description = "Nobody is told anything. A service that needs a room cannot do without.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.SLOT_TAKEN, Problem.APPOINTMENT_NOT_IN_THAT_STATE})
    @PutMapping("/appointments/{id}/room")
    AppointmentView takeRoom(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody TakenRoom body) {
        return service.takeRoom(id, expected, body.roomId());
    }

    @Operation(
            operationId = "setAppointmentCustomFields",
            summary = "Write into the clinic's own fields of a visit",
            description =
                    "At whatever state the visit is. Practitioners write on their own visits. Nobody is told anything.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.NOT_YOUR_APPOINTMENT)
    @PutMapping("/appointments/{id}/custom-fields")
    AppointmentView write(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Written body) {
        return service.write(id, expected, body.customFields());
    }

    @Operation(
            operationId = "setAppointmentNote",
            summary = "Write another note on a visit",
            description =
                    "At whatever state the visit is. Practitioners write on their own visits. Nobody is told anything.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.NOT_YOUR_APPOINTMENT)
    @PutMapping("/appointments/{id}/note")
    AppointmentView note(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Note body) {
        return service.note(id, expected, body.note());
    }

    @Operation(
            operationId = "setAppointmentNoShowReason",
            summary = "Write down why a patient did not come",
            description =
                    "Of missed visits. Nobody is told anything; a patient who arrives after all has no reason left.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PutMapping("/appointments/{id}/no-show-reason")
    AppointmentView explainNoShow(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody NoShowReason body) {
        return service.explainNoShow(id, expected, body.code(), body.reason());
    }

    @Operation(operationId = "cancelAppointment", summary = "Cancel a visit")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PostMapping("/appointments/{id}/cancel")
    AppointmentView cancel(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Cancellation body) {
        return service.cancel(id, expected, body.code(), body.reason());
    }

    @Operation(
            operationId = "reinstateAppointment",
            summary = "Undo a cancellation",
            description =
                    "Within 10 minutes of a cancellation by staff, while the time is still free. The visit is what it "
                            + "was before: messages that were planned are planned again, and a notice of the cancellation that has "
                            + "not left yet is withdrawn. When it has left, the patient gets a confirmation.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.APPOINTMENT_NOT_IN_THAT_STATE, Problem.TOO_LATE_TO_UNDO, Problem.SLOT_TAKEN})
    @PostMapping("/appointments/{id}/reinstate")
    AppointmentView reinstate(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.reinstate(id, expected);
    }

    @Operation(
            operationId = "arriveAppointment",
            summary = "The patient is here",
            description = "Also corrects a visit that was called missed.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.APPOINTMENT_NOT_IN_THAT_STATE, Problem.SLOT_TAKEN})
    @PostMapping("/appointments/{id}/arrive")
    AppointmentView arrive(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.arrive(id, expected);
    }

    @Operation(operationId = "checkInAppointment", summary = "The patient is called in")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.APPOINTMENT_NOT_IN_THAT_STATE, Problem.NOT_YOUR_APPOINTMENT})
    @PostMapping("/appointments/{id}/check-in")
    AppointmentView checkIn(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.checkIn(id, expected);
    }

    @Operation(operationId = "fulfillAppointment", summary = "The visit took place")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.APPOINTMENT_NOT_IN_THAT_STATE, Problem.NOT_YOUR_APPOINTMENT})
    @PostMapping("/appointments/{id}/fulfill")
    AppointmentView fulfill(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.fulfill(id, expected);
    }

    @Operation(
            operationId = "markAppointmentNoShow",
            summary = "The patient did not come",
            description = "From 15 minutes after the visit's end.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PostMapping("/appointments/{id}/mark-no-show")
    AppointmentView markNoShow(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.markNoShow(id, expected);
    }

    @Operation(
            operationId = "answerAppointment",
            summary = "Write down what the patient told staff",
            description = "needs-action takes an answer back.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PostMapping("/appointments/{id}/participation")
    AppointmentView answer(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Answer body) {
        if (body.participation() == Participation.TENTATIVE) {
            throw Problem.INVALID_FIELDS.at("/participation", "unknown-value", "Staff hear yes or no");
        }
        return service.answer(id, expected, body.participation());
    }
}
