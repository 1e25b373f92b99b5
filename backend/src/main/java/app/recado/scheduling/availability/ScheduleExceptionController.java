package app.recado.scheduling.availability;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Days that differ from the usual week, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/schedule-exceptions")
@Tag(name = "Schedules")
class ScheduleExceptionController {

    private final ScheduleExceptions exceptions;

    ScheduleExceptionController(ScheduleExceptions exceptions) {
        this.exceptions = exceptions;
    }

    /**
     * Hours of such a day.
     *
     * @param until {@code 24:00} is the end of the day
     * @param locationId null for the main one; hours of the whole clinic count at each location
     */
    @Schema(name = "ScheduleExceptionHours")
    record Hours(
            @Schema(description = "Begins, on the location's wall clock", example = "14:30")
            @Pattern(regexp = ClockTime.PATTERN) String from,

            @Schema(description = "Ends, on the location's wall clock; 24:00 is the end of the day", example = "20:00")
            @Pattern(regexp = ClockTime.PATTERN) String until,

            @Schema(
                    description = "Where, by whose wall clock; null for the main location",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId) {}

    /**
     * Hours of such a day, to keep.
     *
     * @param until {@code 24:00} is the end of the day
     * @param locationId null for the main one; hours of the whole clinic count at each location
     */
    @Schema(name = "ScheduleExceptionHoursInput")
    record HoursInput(
            @Schema(description = "Begins, on the location's wall clock", example = "14:30")
            @NotNull @Pattern(regexp = ClockTime.PATTERN) String from,

            @Schema(description = "Ends, on the location's wall clock; 24:00 is the end of the day", example = "20:00")
            @NotNull @Pattern(regexp = ClockTime.PATTERN) String until,

            @Schema(
                    description = "Where, by whose wall clock; left out or null, the main location",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId) {}

    /**
     * Days that differ.
     *
     * @param practitionerId null for the whole clinic
     * @param hours empty: closed
     */
    @Schema(name = "ScheduleException")
    record ExceptionView(
            @Schema(description = "The exception", example = "01937f3e-0000-7000-8000-00000000000b")
            UUID id,

            @Schema(
                    description = "Whose days they are; null for the whole clinic",
                    example = "01937f3e-0000-7000-8000-000000000002")
            @Nullable UUID practitionerId,

            @Schema(description = "The first of them", example = "2026-12-08")
            LocalDate firstDay,

            @Schema(description = "The last of them, itself included", example = "2026-12-08")
            LocalDate lastDay,

            @Schema(description = "Instead of the usual hours; none: closed")
            List<Hours> hours,

            @Schema(description = "Why, for staff", example = "Inmaculada Concepción") @Nullable String reason,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {}

    /** Exceptions of some days. */
    @Schema(name = "ScheduleExceptions")
    record ExceptionList(
            @Schema(description = "In the order in which they begin")
            List<ExceptionView> items) {}

    /** Days that differ, to keep. */
    @Schema(name = "ScheduleExceptionInput")
    record ExceptionInput(
            @Schema(
                    description = "Whose days they are; left out or null, the whole clinic's",
                    example = "01937f3e-0000-7000-8000-000000000002")
            @Nullable UUID practitionerId,

            @Schema(description = "The first of them", example = "2026-12-08") @NotNull LocalDate firstDay,

            @Schema(description = "The last of them, itself included", example = "2026-12-08") @NotNull LocalDate lastDay,

            @Schema(description = "Instead of the usual hours; none: closed") @NotNull @Size(max = 10) @Valid List<@NotNull HoursInput> hours,

            @Schema(description = "Why, for staff", example = "Inmaculada Concepción")
            @OneLine
            @Size(max = 100) @Nullable String reason) {}

    @Operation(operationId = "listScheduleExceptions", summary = "Days that differ from the usual week")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping
    ExceptionList list(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 732 days later")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return new ExceptionList(exceptions.between(from, to));
    }

    @Operation(
            operationId = "createScheduleException",
            summary = "Say that some days differ from the usual week",
            description = "Visits on those days stay where they are, and nobody is told anything.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<ExceptionView> create(@PathVariable UUID organizationId, @Valid @RequestBody ExceptionInput body) {
        var exception = exceptions.create(body);
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/schedule-exceptions/%s".formatted(organizationId, exception.id())))
                .body(exception);
    }

    @Operation(operationId = "getScheduleException", summary = "One exception")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/{id}")
    ExceptionView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return exceptions.get(id);
    }

    @Operation(operationId = "replaceScheduleException", summary = "Change an exception")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @PutMapping("/{id}")
    ExceptionView replace(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ExceptionInput body) {
        return exceptions.replace(id, expected, body);
    }

    @Operation(operationId = "removeScheduleException", summary = "Let the usual week count again on those days")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        exceptions.remove(id, expected);
    }
}
