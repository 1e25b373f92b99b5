package app.recado.scheduling.availability;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Usual weeks over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/schedules")
@Tag(name = "Schedules")
class ScheduleController {

    private final Schedules schedules;

    ScheduleController(Schedules schedules) {
        this.schedules = schedules;
    }

    /**
     * Hours of one day of the week; a break is what lies between two of them.
     *
     * @param from wall clock of the location
     * @param until wall clock of the location; {@code 24:00} is the end of the day
     * @param locationId null for the main one
     */
    @Schema(name = "ScheduleHours")
    record HoursOfDay(
            @Schema(description = "Day of the week (FHIR DaysOfWeek)", example = "mon")
            Weekday day,

            @Schema(description = "Begins, on the location's wall clock", example = "08:30")
            @Pattern(regexp = ClockTime.PATTERN) String from,

            @Schema(description = "Ends, on the location's wall clock; 24:00 is the end of the day", example = "13:00")
            @Pattern(regexp = ClockTime.PATTERN) String until,

            @Schema(
                    description = "Where, by whose wall clock; null for the main location",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId) {}

    /**
     * Hours of one day of the week, to keep; a break is what lies between two of them.
     *
     * @param from wall clock of the location
     * @param until wall clock of the location; {@code 24:00} is the end of the day
     * @param locationId null for the main one
     */
    @Schema(name = "ScheduleHoursInput")
    record HoursOfDayInput(
            @Schema(description = "Day of the week (FHIR DaysOfWeek)", example = "mon") @NotNull Weekday day,

            @Schema(description = "Begins, on the location's wall clock", example = "08:30")
            @NotNull @Pattern(regexp = ClockTime.PATTERN) String from,

            @Schema(description = "Ends, on the location's wall clock; 24:00 is the end of the day", example = "13:00")
            @NotNull @Pattern(regexp = ClockTime.PATTERN) String until,

            @Schema(
                    description = "Where, by whose wall clock; left out or null, the main location",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId) {}

    /**
     * A usual week.
     *
     * @param practitionerId null for the clinic itself
     * @param validFrom counts from this day until the next schedule of the same practitioner begins
     */
    @Schema(name = "Schedule")
    record ScheduleView(
            @Schema(description = "The schedule", example = "01937f3e-0000-7000-8000-00000000000a")
            UUID id,

            @Schema(
                    description = "Whose week it is; null for the clinic's",
                    example = "01937f3e-0000-7000-8000-000000000002")
            @Nullable UUID practitionerId,

            @Schema(description = "Its first day", example = "2026-11-23")
            LocalDate validFrom,

            @Schema(description = "By day and time; a day without any is closed")
            List<HoursOfDay> hours,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {}

    /** All usual weeks of the clinic. */
    @Schema(name = "Schedules")
    record ScheduleList(
            @Schema(description = "The clinic's own first, then by practitioner and first day")
            List<ScheduleView> items) {}

    /** A usual week to keep. */
    @Schema(name = "ScheduleInput")
    record ScheduleInput(
            @Schema(
                    description = "Whose week it is; left out or null, the clinic's",
                    example = "01937f3e-0000-7000-8000-000000000002")
            @Nullable UUID practitionerId,

            @Schema(description = "Its first day", example = "2026-11-23") @NotNull LocalDate validFrom,

            @Schema(description = "By day; hours of a day do not overlap") @NotNull @Size(max = 70) @Valid List<@NotNull HoursOfDayInput> hours) {}

    @Operation(
            operationId = "listSchedules",
            summary = "When the clinic and its practitioners usually see patients",
            description = "A practitioner without a schedule follows the clinic's; a clinic without one is taken to be "
                    + "open Monday to Saturday from 8 to 20.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping
    ScheduleList list(@PathVariable UUID organizationId) {
        return new ScheduleList(schedules.all());
    }

    @Operation(operationId = "createSchedule", summary = "Add a usual week that counts from a day on")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<ScheduleView> create(@PathVariable UUID organizationId, @Valid @RequestBody ScheduleInput body) {
        var schedule = schedules.create(body);
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/schedules/%s".formatted(organizationId, schedule.id())))
                .body(schedule);
    }

    @Operation(operationId = "getSchedule", summary = "One usual week")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/{id}")
    ScheduleView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return schedules.get(id);
    }

    @Operation(
            operationId = "replaceSchedule",
            summary = "Change a usual week",
            description = "Visits that now fall outside it stay where they are, and nobody is told anything.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @PutMapping("/{id}")
    ScheduleView replace(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ScheduleInput body) {
        return schedules.replace(id, expected, body);
    }

    @Operation(
            operationId = "removeSchedule",
            summary = "Take a usual week away",
            description = "The schedule before it counts again, or the clinic's.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        schedules.remove(id, expected);
    }
}
