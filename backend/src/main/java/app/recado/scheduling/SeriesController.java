package app.recado.scheduling;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import app.recado.scheduling.AppointmentSeries.Planned;
import app.recado.scheduling.AppointmentSeries.Series;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Visits that repeat, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Appointments")
class SeriesController {

    private static final String LOCAL = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}";
    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);

    private final AppointmentSeries series;
    private final PatientReads reads;

    SeriesController(AppointmentSeries series, PatientReads reads) {
        this.series = series;
        this.reads = reads;
    }

    /** Visits to book, or to try. */
    @Schema(name = "AppointmentSeriesInput")
    record SeriesInput(
            @Schema(description = "Who comes", example = "01937f3e-0000-7000-8000-000000000001") @NotNull UUID patientId,

            @Schema(description = "With whom", example = "01937f3e-0000-7000-8000-000000000002") @NotNull UUID practitionerId,

            @Schema(description = "What for", example = "01937f3e-0000-7000-8000-000000000003") @NotNull UUID healthcareServiceId,

            @Schema(
                    description = "Where; left out, wherever the practitioner sees patients then",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId,

            @Schema(
                    description = "The room each takes; left out, the first free one, if the service needs any",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId,

            @Schema(
                    description =
                            "The hour of each, and the first day on which one may be, on the wall clock of the location;"
                                    + " without a location, of the clinic",
                    example = "2026-11-24T10:00")
            @NotNull @Pattern(regexp = LOCAL) String start,

            @Schema(
                    description =
                            "How they repeat: the value of an RRULE (RFC 5545) of days, weeks, months or years, with"
                                    + " COUNT or UNTIL; at most 100 visits within two years",
                    example = "FREQ=WEEKLY;COUNT=10")
            @NotNull @Size(min = 1, max = 500) String recurrence,

            @Schema(
                    description = "Days of the rule without a visit; they count for COUNT",
                    example = "[\"2026-12-08\"]")
            @Size(max = 100) @Nullable Set<@NotNull LocalDate> withoutDays,

            @Schema(description = "Left out, as long as the service usually takes", example = "30")
            @Min(5) @Max(480) @Nullable Integer durationMinutes,

            @Schema(
                    description = "Who pays; left out, the patient. One that the practitioner accepts for the service",
                    example = "01937f3e-0000-7000-8000-000000000012")
            @Nullable UUID insuranceId,

            @Schema(description = "Of each visit", example = "Kinesiología, 10 sesiones") @Size(max = 500) @Nullable String note,

            @Schema(
                    description = "True to book outside the practitioner's hours on purpose; otherwise that is refused",
                    example = "false")
            @Nullable Boolean outsideHours) {

        private AppointmentSeries.Plan plan() {
            return new AppointmentSeries.Plan(
                    practitionerId,
                    healthcareServiceId,
                    locationId,
                    roomId,
                    local(start),
                    recurrence,
                    withoutDays == null ? Set.of() : withoutDays,
                    durationMinutes,
                    Boolean.TRUE.equals(outsideHours));
        }
    }

    /** One visit of a series before it is booked. */
    @Schema(name = "AppointmentOccurrence")
    record Occurrence(
            @Schema(description = "The hour that the wall clock is asked to show", example = "2026-11-24T10:00")
            String local,

            @Schema(description = "Begins", example = "2026-11-24T13:00:00Z")
            Instant start,

            @Schema(description = "Ends", example = "2026-11-24T13:30:00Z")
            Instant end,

            @Schema(
                    description =
                            "What clocks do at that hour: show it once (usual), skip it, so that the visit is as much"
                                    + " later as they skip (skipped), or show it twice, so that it is at the first (repeated)",
                    allowableValues = {"usual", "skipped", "repeated"},
                    example = "usual")
            String clocks,

            @Schema(
                    description = "free; taken: something is in the way; outside-hours: the practitioner does not see"
                            + " patients then, which may be booked on purpose",
                    allowableValues = {"free", "taken", "outside-hours"},
                    example = "free")
            String fitting,

            @Schema(description = "Visits in the way, and of whom; says nothing of their patients")
            List<OccurrenceConflict> conflicts) {

        static Occurrence of(Planned planned) {
            return new Occurrence(
                    onWallClock(planned.local()),
                    planned.start(),
                    planned.end(),
                    wire(planned.clocks()),
                    wire(planned.fitting()),
                    planned.conflicts().stream()
                            .map(one -> new OccurrenceConflict(
                                    one.appointmentId(),
                                    one.start(),
                                    one.end(),
                                    one.actor().kind(),
                                    one.actor().name()))
                            .toList());
        }

        private static String wire(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A visit in the way. */
    @Schema(name = "AppointmentOccurrenceConflict")
    record OccurrenceConflict(
            @Schema(description = "The visit", example = "01937f3e-0000-7000-8000-000000000004")
            UUID appointmentId,

            @Schema(description = "It begins", example = "2026-11-24T13:00:00Z")
            Instant start,

            @Schema(description = "It ends", example = "2026-11-24T13:30:00Z")
            Instant end,

            @Schema(
                    description = "Who or what it takes",
                    allowableValues = {"practitioner", "room"},
                    example = "practitioner")
            String kind,

            @Schema(description = "The name of whom or what it takes", example = "Dra. Gómez")
            String name) {}

    /** What a rule comes to now. */
    @Schema(name = "AppointmentSeriesPreview")
    record PreviewView(
            @Schema(description = "The zone on whose clock the hours are meant", example = "America/Argentina/Cordoba")
            String timeZone,

            @Schema(description = "Every visit, by start") List<Occurrence> occurrences) {}

    /** Visits that repeat. */
    @Schema(name = "AppointmentSeries")
    record SeriesView(
            @Schema(description = "The series", example = "01937f3e-0000-7000-8000-000000000031")
            UUID id,

            @Schema(description = "The rule it was booked by (RFC 5545)", example = "FREQ=WEEKLY;COUNT=10")
            String recurrence,

            @Schema(
                    description = "The hour it was booked from, on the wall clock of its zone",
                    example = "2026-11-24T10:00")
            String start,

            @Schema(description = "The zone on whose clock its hours are meant", example = "America/Argentina/Cordoba")
            String timeZone,

            @Schema(description = "Its visits, by start, with those that were moved or cancelled since")
            List<AppointmentView> appointments,

            @Schema(description = "Grows when several of its visits are changed at once; the ETag", example = "0")
            long version,

            @Schema(description = "When it was booked", example = "2026-11-20T14:05:00Z")
            Instant createdAt)
            implements Versioned {

        static SeriesView of(Series series) {
            return new SeriesView(
                    series.id(),
                    series.recurrence(),
                    onWallClock(series.start()),
                    series.zone().getId(),
                    series.visits(),
                    series.version(),
                    series.createdAt());
        }
    }

    /** Which visits of a series are cancelled. */
    @Schema(name = "AppointmentSeriesCancellation")
    record Cancellation(
            @Schema(
                    description = "A visit of the series: it and those after it, as far as they are awaited",
                    example = "01937f3e-0000-7000-8000-000000000004")
            @NotNull UUID fromAppointmentId,

            @Schema(description = "Why, from a list that reports count; left out, unsaid", example = "pat") @Nullable CancellationCode code,

            @Schema(
                    description = "More about it, in words; the patient is not shown it",
                    example = "Terminó el tratamiento")
            @Size(max = 500) @Nullable String reason) {}

    /** Where visits of a series go. */
    @Schema(name = "AppointmentSeriesReschedule")
    record Reschedule(
            @Schema(
                    description = "A visit of the series: it and those after it, as far as they are awaited",
                    example = "01937f3e-0000-7000-8000-000000000004")
            @NotNull UUID fromAppointmentId,

            @Schema(
                    description =
                            "When this visit begins; the others move by as many days, to the same hour of the wall clock",
                    example = "2026-11-25T14:00:00Z")
            @NotNull Instant start,

            @Schema(
                    description = "With whom; left out, with whom each is",
                    example = "01937f3e-0000-7000-8000-000000000002")
            @Nullable UUID practitionerId,

            @Schema(description = "Left out, as long as each is", example = "30") @Min(5) @Max(480) @Nullable Integer durationMinutes,

            @Schema(
                    description =
                            "True to move them outside the practitioner's hours on purpose; otherwise that is refused",
                    example = "false")
            @Nullable Boolean outsideHours) {}

    @Operation(
            operationId = "previewAppointmentSeries",
            summary = "What visits that repeat would come to",
            description = "Every visit that the rule names, and whether it has its place. Nothing is booked or held.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({Problem.PATIENT_UNKNOWN, Problem.PRACTITIONER_UNKNOWN, Problem.HEALTHCARE_SERVICE_UNKNOWN})
    @PostMapping("/appointment-series/preview")
    PreviewView preview(@PathVariable UUID organizationId, @Valid @RequestBody SeriesInput body) {
        var preview = series.preview(body.plan(), body.patientId(), body.insuranceId());
        return new PreviewView(
                preview.zone().getId(),
                preview.visits().stream().map(Occurrence::of).toList());
    }

    @Operation(
            operationId = "createAppointmentSeries",
            summary = "Book visits that repeat",
            description =
                    "All of them or none: when some have no place, series-not-free names each (occurrences), and they can"
                            + " be left out. The patient is told of the first, and reminded of every one.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({
        Problem.SERIES_NOT_FREE,
        Problem.SLOT_TAKEN,
        Problem.PATIENT_UNKNOWN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.HEALTHCARE_SERVICE_UNKNOWN
    })
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/appointment-series")
    ResponseEntity<SeriesView> book(@PathVariable UUID organizationId, @Valid @RequestBody SeriesInput body) {
        var booked = series.book(body.plan(), body.patientId(), body.insuranceId(), body.note());
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/appointment-series/%s".formatted(organizationId, booked.id())))
                .body(SeriesView.of(booked));
    }

    @Operation(operationId = "getAppointmentSeries", summary = "Visits that repeat")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.APPOINTMENTS_READ)
    @GetMapping("/appointment-series/{id}")
    SeriesView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var found = series.get(id);
        reads.shown(
                PatientPart.VISITS,
                found.visits().stream().map(visit -> visit.patient().id()).toList());
        return SeriesView.of(found);
    }

    @Operation(
            operationId = "cancelAppointmentSeries",
            summary = "Cancel a visit and those after it",
            description = "Those that are still awaited. Patients are told of the visits of which they had been told.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses(Problem.APPOINTMENT_NOT_IN_THAT_STATE)
    @PostMapping("/appointment-series/{id}/cancel")
    SeriesView cancel(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Cancellation body) {
        return SeriesView.of(series.cancel(id, expected, body.fromAppointmentId(), body.code(), body.reason()));
    }

    @Operation(
            operationId = "rescheduleAppointmentSeries",
            summary = "Move a visit and those after it",
            description =
                    "Those that are still awaited: all or none, as in booking. The patient is told of the first, and of"
                            + " those of which they had been told.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.APPOINTMENTS_WRITE)
    @Refuses({
        Problem.SERIES_NOT_FREE,
        Problem.SLOT_TAKEN,
        Problem.PRACTITIONER_UNKNOWN,
        Problem.APPOINTMENT_NOT_IN_THAT_STATE
    })
    @PostMapping("/appointment-series/{id}/reschedule")
    SeriesView reschedule(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Reschedule body) {
        return SeriesView.of(series.reschedule(
                id,
                expected,
                new AppointmentSeries.Shift(
                        body.fromAppointmentId(),
                        body.start(),
                        body.practitionerId(),
                        body.durationMinutes(),
                        Boolean.TRUE.equals(body.outsideHours()))));
    }

    /** A date and time without zone, to the minute. */
    static String onWallClock(LocalDateTime local) {
        return local.format(WALL_CLOCK);
    }

    private static LocalDateTime local(String wallClock) {
        try {
            return LocalDateTime.parse(wallClock);
        } catch (DateTimeException e) {
            throw Problem.INVALID_FIELDS.at("/start", "invalid-format", "There is no such day or hour");
        }
    }
}
