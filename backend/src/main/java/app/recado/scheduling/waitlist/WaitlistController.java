package app.recado.scheduling.waitlist;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.ContactData;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import app.recado.scheduling.availability.ClockTime;
import app.recado.scheduling.availability.Weekday;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/** The waitlist over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Waitlist")
class WaitlistController {

    private final Waitlist waitlist;
    private final WaitlistQueries queries;
    private final PatientReads reads;

    WaitlistController(Waitlist waitlist, WaitlistQueries queries, PatientReads reads) {
        this.reads = reads;
        this.waitlist = waitlist;
        this.queries = queries;
    }

    /** Hours of a day of the week at which somebody could come. */
    @Schema(name = "WaitlistWindow")
    record Window(
            @Schema(description = "Day of the week (FHIR DaysOfWeek)", example = "mon") @NotNull Weekday day,

            @Schema(description = "From when, on the location's wall clock", example = "08:00")
            @NotNull @Pattern(regexp = ClockTime.PATTERN) String from,

            @Schema(
                    description =
                            "Until when the visit has to be over, on the location's wall clock; 24:00 is the end of"
                                    + " the day",
                    example = "13:00")
            @NotNull @Pattern(regexp = ClockTime.PATTERN) String until) {}

    /** Who waits for what, and when they could come. */
    @Schema(name = "WaitlistEntryInput")
    record EntryInput(
            @Schema(description = "Who waits", example = "01937f3e-0000-7000-8000-000000000001") @NotNull UUID patientId,

            @Schema(description = "What for", example = "01937f3e-0000-7000-8000-000000000003") @NotNull UUID healthcareServiceId,

            @Schema(
                    description = "With whom; left out or null, anybody who offers the service",
                    example = "01937f3e-0000-7000-8000-000000000002")
            @Nullable UUID practitionerId,

            @Schema(description = "Where; left out or null, anywhere", example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId,

            @Schema(description = "Not before this day; left out or null, from now on", example = "2026-11-25")
            @Nullable LocalDate firstDay,

            @Schema(description = "Not after this day; left out or null, without end", example = "2026-12-23") @Nullable LocalDate lastDay,

            @Schema(description = "When they could come; left out or empty, whenever") @Size(max = 70) @Valid @Nullable List<@NotNull Window> windows,

            @Schema(description = "Who comes first; left out, routine") @Nullable WaitlistPriority priority,

            @Schema(description = "For the front desk", example = "Avisar por teléfono") @Size(max = 500) @Nullable String note) {}

    /**
     * Somebody who waits for an hour.
     *
     * @param practitioner null for anybody who offers the service
     * @param location null for anywhere
     * @param appointmentId the visit that ended the waiting; null while there is none
     */
    @Schema(name = "WaitlistEntry")
    record EntryView(
            @Schema(description = "The entry", example = "01937f3e-0000-7000-8000-000000000021")
            UUID id,

            @Schema(description = "Who waits") WaitingPatient patient,

            @Schema(description = "What for") Named healthcareService,

            @Schema(description = "With whom; null for anybody who offers the service") @Nullable Named practitioner,

            @Schema(description = "Where; null for anywhere") @Nullable Named location,

            @Schema(description = "Not before this day; null for from now on", example = "2026-11-25") @Nullable LocalDate firstDay,

            @Schema(description = "Not after this day; null for without end", example = "2026-12-23") @Nullable LocalDate lastDay,

            @Schema(description = "When they could come, by day and time; empty for whenever")
            List<Window> windows,

            @Schema(description = "Who comes first") WaitlistPriority priority,

            @Schema(description = "For the front desk", example = "Avisar por teléfono") @Nullable String note,

            @Schema(description = "Where it stands") WaitlistState state,

            @Schema(
                    description = "The visit that ended the waiting; null while there is none",
                    example = "01937f3e-0000-7000-8000-000000000004")
            @Nullable UUID appointmentId,

            @Schema(description = "Since when they wait", example = "2026-11-20T14:05:00Z")
            Instant createdAt,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {}

    /** Who waits. */
    @Schema(name = "WaitingPatient")
    record WaitingPatient(
            @Schema(description = "The patient", example = "01937f3e-0000-7000-8000-000000000001")
            UUID id,

            @Schema(description = "As staff call them", example = "Ana Núñez")
            String displayName,

            @Schema(description = "E.164; null without a phone", example = "+5491123456789") @ContactData @Nullable String phone) {}

    /** A record by its name. */
    @Schema(name = "WaitlistReference")
    record Named(
            @Schema(description = "The record", example = "01937f3e-0000-7000-8000-000000000003")
            UUID id,

            @Schema(description = "Its name", example = "Control")
            String name) {}

    /** Who would like an hour. */
    @Schema(name = "WaitlistMatches")
    record Matches(
            @Schema(description = "In the order in which they should be asked; at most 100")
            List<EntryView> items) {}

    @Operation(
            operationId = "listWaitlist",
            summary = "Who waits for an hour",
            description = "The urgent ones first, then who waits longest.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.WAITLIST_READ)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/waitlist-entries")
    Page<EntryView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "active, offered, booked, withdrawn or expired; left out, those who wait")
                    @RequestParam(required = false)
                    @Size(max = 20) @Nullable String state,
            @Parameter(description = "Of one patient; left out, of all") @RequestParam(required = false) @Nullable UUID patientId,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return queries.list(state == null ? null : WaitlistState.parameter(state), patientId, limit, cursor);
    }

    @Operation(
            operationId = "createWaitlistEntry",
            summary = "Put somebody on the waitlist",
            description = "Nobody is told anything.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.WAITLIST_WRITE)
    @Refuses({Problem.PATIENT_UNKNOWN, Problem.PRACTITIONER_UNKNOWN, Problem.HEALTHCARE_SERVICE_UNKNOWN})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/waitlist-entries")
    ResponseEntity<EntryView> create(@PathVariable UUID organizationId, @Valid @RequestBody EntryInput body) {
        var entry = queries.get(waitlist.add(body));
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/waitlist-entries/%s".formatted(organizationId, entry.id())))
                .body(entry);
    }

    @Operation(operationId = "getWaitlistEntry", summary = "One entry of the waitlist")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.WAITLIST_READ)
    @GetMapping("/waitlist-entries/{id}")
    EntryView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var entry = queries.get(id);
        reads.shown(PatientPart.VISITS, entry.patient().id());
        return entry;
    }

    @Operation(
            operationId = "changeWaitlistEntry",
            summary = "Change what somebody waits for",
            description = "Of an entry that waits, or that expired. Whoever it is keeps their place.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.WAITLIST_WRITE)
    @Refuses({
        Problem.WAITLIST_ENTRY_NOT_IN_THAT_STATE,
        Problem.PATIENT_UNKNOWN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.HEALTHCARE_SERVICE_UNKNOWN
    })
    @PutMapping("/waitlist-entries/{id}")
    EntryView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody EntryInput body) {
        waitlist.change(id, expected, body);
        return queries.get(id);
    }

    @Operation(operationId = "withdrawWaitlistEntry", summary = "Take somebody off the waitlist")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.WAITLIST_WRITE)
    @Refuses(Problem.WAITLIST_ENTRY_NOT_IN_THAT_STATE)
    @PostMapping("/waitlist-entries/{id}/withdraw")
    EntryView withdraw(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        waitlist.withdraw(id, expected);
        return queries.get(id);
    }

    @Operation(
            operationId = "reactivateWaitlistEntry",
            summary = "Put somebody back who was taken off the waitlist",
            description = "They wait at the place they had.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.WAITLIST_WRITE)
    @Refuses(Problem.WAITLIST_ENTRY_NOT_IN_THAT_STATE)
    @PostMapping("/waitlist-entries/{id}/reactivate")
    EntryView reactivate(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        waitlist.reactivate(id, expected);
        return queries.get(id);
    }

    @Operation(
            operationId = "findWaitlistMatches",
            summary = "Whom a free hour would suit",
            description =
                    "Active entries whose service the practitioner offers and that fits between start and end, whose "
                            + "practitioner, location, days and windows allow it, and whose patient has no other visit then. "
                            + "Whether the hour is free is not looked at.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.WAITLIST_READ)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @GetMapping("/waitlist-matches")
    Matches matches(
            @PathVariable UUID organizationId,
            @Parameter(description = "Whose hour it is") @RequestParam UUID practitionerId,
            @Parameter(description = "Begins") @RequestParam Instant start,
            @Parameter(description = "Ends, at most 8 hours later") @RequestParam Instant end,
            @Parameter(description = "Where; left out, wherever the practitioner sees patients then")
                    @RequestParam(required = false)
                    @Nullable UUID locationId,
            @Parameter(description = "For one service; left out, for any that fits")
                    @RequestParam(required = false)
                    @Nullable UUID healthcareServiceId) {
        return new Matches(
                queries.matches(new WaitlistQueries.Hour(practitionerId, start, end, locationId, healthcareServiceId)));
    }
}
