package app.recado.reporting;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reports over HTTP: figures of the clinic, nothing of a patient. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/reports")
@Tag(name = "Reports")
class ReportController {

    private final AttendanceReport attendance;
    private final OccupancyReport occupancy;
    private final SurveyReport surveys;

    ReportController(AttendanceReport attendance, OccupancyReport occupancy, SurveyReport surveys) {
        this.attendance = attendance;
        this.occupancy = occupancy;
        this.surveys = surveys;
    }

    @Operation(
            operationId = "getAttendanceReport",
            summary = "Who came",
            description = "Visits of these days that are over, by what became of them: in all, by week, practitioner, "
                    + "service, answer and notice; and how many freed hours were used again. Counted at each asking.")
    @Costs(Costs.REPORT)
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.REPORTS_READ)
    @Refuses({Problem.PRACTITIONER_UNKNOWN, Problem.HEALTHCARE_SERVICE_UNKNOWN})
    @GetMapping("/attendance")
    AttendanceReport.Attendance attendance(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day", example = "2026-08-24")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 366 days later", example = "2026-11-23")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "Left out, everybody") @RequestParam(required = false) @Nullable UUID practitionerId,
            @Parameter(description = "Left out, every service") @RequestParam(required = false) @Nullable UUID healthcareServiceId) {
        return attendance.of(new Period(from, to, practitionerId, healthcareServiceId));
    }

    @Operation(
            operationId = "getOccupancyReport",
            summary = "How much of the open time was used",
            description =
                    "Minutes that were open and minutes with a visit, by practitioner, day of the week and hour of "
                            + "the clinic's clock, until now.")
    @Costs(Costs.REPORT)
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.REPORTS_READ)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @GetMapping("/occupancy")
    OccupancyReport.Occupancy occupancy(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day", example = "2026-08-24")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 366 days later", example = "2026-11-23")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "Left out, everybody who is active") @RequestParam(required = false) @Nullable UUID practitionerId) {
        return occupancy.of(new Period(from, to, practitionerId, null));
    }

    @Operation(
            operationId = "getSurveyReport",
            summary = "How visits were, as patients say",
            description =
                    "Of visits of these days whose patient was asked: who answered what, in all and by practitioner. A mean is "
                            + "said from five answers on.")
    @Costs(Costs.REPORT)
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.REPORTS_READ)
    @GetMapping("/surveys")
    SurveyReport.Surveys surveys(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day", example = "2026-08-24")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 366 days later", example = "2026-11-23")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return surveys.of(new Period(from, to, null, null));
    }
}
