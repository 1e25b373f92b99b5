package app.recado.scheduling.availability;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Public holidays over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Schedules")
class HolidayController {

    private final Holidays holidays;

    HolidayController(Holidays holidays) {
        this.holidays = holidays;
    }

    /** A public holiday of the clinic's country or region. */
    @Schema(name = "Holiday")
    record HolidayView(
            @Schema(description = "The day", example = "2026-12-08")
            LocalDate date,

            @Schema(
                    description = "In the country's language; all names when several fall on the day",
                    example = "La inmaculada concepción de María")
            String name,

            @Schema(description = "True when the clinic works on it as on any other day", example = "false")
            boolean open) {

        static HolidayView of(Holidays.Holiday holiday) {
            return new HolidayView(holiday.day(), holiday.name(), holiday.open());
        }
    }

    /** Holidays of some days. */
    @Schema(name = "Holidays")
    record HolidayList(@Schema(description = "By day") List<HolidayView> items) {}

    /** Whether the clinic works on a holiday. */
    @Schema(name = "HolidayDecision")
    record Decision(
            @Schema(description = "True: as on any other day; false: it is closed", example = "true") @NotNull Boolean open) {}

    /** Part of a country that has holidays of its own. */
    @Schema(name = "HolidayRegion")
    record RegionView(
            @Schema(description = "ISO 3166-2 without the country, where it has one", example = "SP")
            String code,

            @Schema(description = "In the country's language", example = "São Paulo")
            String name) {}

    /** Whose holidays the clinic has. */
    @Schema(name = "HolidayCalendar")
    record CalendarView(
            @Schema(description = "The clinic's, ISO 3166-1 alpha-2", example = "BR")
            String country,

            @Schema(
                    description = "Its holidays count besides the country's; null for the country's alone",
                    example = "SP")
            @Nullable String region,

            @Schema(description = "What can be chosen, by name")
            List<RegionView> regions,

            @Schema(
                    description = "The last holiday that is known of the country; null when none is",
                    example = "2029-12-25")
            @Nullable LocalDate knownUntil,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static CalendarView of(Holidays.Calendar calendar) {
            return new CalendarView(
                    calendar.country(),
                    calendar.region(),
                    calendar.regions().stream()
                            .map(region -> new RegionView(region.code(), region.name()))
                            .toList(),
                    calendar.knownUntil(),
                    calendar.version());
        }
    }

    /** Whose holidays the clinic shall have. */
    @Schema(name = "HolidayCalendarInput")
    record CalendarInput(
            @Schema(
                    description = "One of the country's regions; left out or null, the country's holidays alone",
                    example = "SP")
            @Size(max = 20) @Nullable String region) {}

    @Operation(
            operationId = "listHolidays",
            summary = "Public holidays of the clinic",
            description = "The clinic is closed on them unless it has said that it works on one. An exception made for "
                    + "that day alone counts before the holiday, a longer one does not.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/holidays")
    HolidayList list(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 732 days later")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return new HolidayList(
                holidays.between(from, to).stream().map(HolidayView::of).toList());
    }

    @Operation(
            operationId = "decideHoliday",
            summary = "Say whether the clinic works on a holiday",
            description = "Visits on that day stay where they are, and nobody is told anything.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PutMapping("/holidays/{date}")
    HolidayView decide(
            @PathVariable UUID organizationId,
            @Parameter(description = "The holiday") @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate date,
            @Valid @RequestBody Decision body) {
        return HolidayView.of(holidays.decide(date, body.open()));
    }

    @Operation(operationId = "getHolidayCalendar", summary = "Whose public holidays the clinic has")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/holiday-calendar")
    CalendarView calendar(@PathVariable UUID organizationId) {
        return CalendarView.of(holidays.calendar());
    }

    @Operation(
            operationId = "chooseHolidayCalendar",
            summary = "Choose the region whose holidays the clinic has",
            description = "Visits on those days stay where they are, and nobody is told anything.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PutMapping("/holiday-calendar")
    CalendarView choose(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody CalendarInput body) {
        return CalendarView.of(holidays.choose(expected, body.region()));
    }
}
