package app.recado.scheduling;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Times that are kept while somebody fills a form, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/slot-holds")
@Tag(name = "Appointments")
class SlotHoldController {

    private final StaffHoldService holds;

    SlotHoldController(StaffHoldService holds) {
        this.holds = holds;
    }

    /** The time to keep while a form is filled. */
    @Schema(name = "SlotHoldInput")
    record HoldInput(
            @Schema(
                    description =
                            "The caller's own name for the form, any UUID: asked again, its hold moves or is kept longer",
                    example = "6f1c8a52-8d1e-4a53-9b0e-3c1d528d1e4a")
            @NotNull UUID form,

            @Schema(description = "What it would be for", example = "01937f3e-0000-7000-8000-000000000003") @NotNull UUID healthcareServiceId,

            @Schema(description = "Who would see the patient", example = "01937f3e-0000-7000-8000-000000000002")
            @NotNull UUID practitionerId,

            @Schema(
                    description = "Where; left out, wherever the practitioner sees patients then",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId,

            @Schema(
                    description = "The room or equipment; left out, the first free one, if the service needs any",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId,

            @Schema(description = "Begins, on a whole minute", example = "2026-11-24T13:00:00Z") @NotNull Instant start,

            @Schema(description = "Left out, as long as the service usually takes", example = "30")
            @Min(5) @Max(480) @Nullable Integer durationMinutes) {}

    /** A time that is kept while somebody fills a form. */
    @Schema(name = "SlotHold")
    record HoldView(
            @Schema(description = "The hold", example = "01937f3e-0000-7000-8000-000000000041")
            UUID id,

            @Schema(description = "Whose time", example = "01937f3e-0000-7000-8000-000000000002")
            UUID practitionerId,

            @Schema(
                    description = "The room or equipment that is kept with it; null for none",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId,

            @Schema(description = "What for", example = "01937f3e-0000-7000-8000-000000000003")
            UUID healthcareServiceId,

            @Schema(description = "Begins", example = "2026-11-24T13:00:00Z")
            Instant start,

            @Schema(description = "Ends", example = "2026-11-24T13:30:00Z")
            Instant end,

            @Schema(description = "From then on it counts no more", example = "2026-11-24T12:05:00Z")
            Instant expiresAt,

            @Schema(description = "Where the form is filled")
            AppointmentSource source,

            @Schema(
                    description = "Who fills it; null for a patient on the booking page, and for a client",
                    example = "Carla Ruiz")
            @Nullable String heldBy,

            @Schema(description = "Whether it is the caller's own", example = "false")
            boolean own) {

        static HoldView of(SlotHoldRows.Row row) {
            return new HoldView(
                    row.id(),
                    row.practitionerId(),
                    row.roomId(),
                    row.serviceId(),
                    row.start(),
                    row.end(),
                    row.expiresAt(),
                    row.subject() == null ? AppointmentSource.ONLINE : AppointmentSource.DESK,
                    row.name(),
                    Caller.current().subject().equals(row.subject()));
        }
    }

    /** What is kept on some days. */
    @Schema(name = "SlotHolds")
    record HoldList(@Schema(description = "By start") List<HoldView> items) {}

    @Operation(
            operationId = "listSlotHolds",
            summary = "Which times are kept while somebody fills a form",
            description = "At the desk or on the booking page. Days are the clinic's own; at most 42 of them.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @GetMapping
    HoldList list(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return new HoldList(holds.days(from, to).stream().map(HoldView::of).toList());
    }

    @Operation(
            operationId = "holdSlot",
            summary = "Keep a time while a form is filled",
            description =
                    "For five minutes; asked again with the same form the time is kept longer, or another one in its place. "
                            + "Nobody is offered a time that is kept; a colleague who books it nevertheless sends overbook. "
                            + "Booking it uses it up.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.SLOT_TAKEN, Problem.PRACTITIONER_UNKNOWN, Problem.HEALTHCARE_SERVICE_UNKNOWN})
    @PostMapping
    HoldView keep(@PathVariable UUID organizationId, @Valid @RequestBody HoldInput body) {
        return HoldView.of(holds.keep(new StaffHoldService.Wanted(
                body.form(),
                body.healthcareServiceId(),
                body.practitionerId(),
                body.locationId(),
                body.roomId(),
                body.start(),
                body.durationMinutes())));
    }

    @Operation(operationId = "releaseSlot", summary = "Let go of a time that one keeps")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}")
    void release(@PathVariable UUID organizationId, @PathVariable UUID id) {
        holds.release(id);
    }
}
