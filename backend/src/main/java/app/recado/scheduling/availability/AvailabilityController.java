package app.recado.scheduling.availability;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is free and when the clinic is open, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Schedules")
class AvailabilityController {

    private static final int MOST_SLOTS = 1000;

    private final Availability availability;

    AvailabilityController(Availability availability) {
        this.availability = availability;
    }

    /** A time at which the visit fits. */
    @Schema(name = "Slot")
    record SlotView(
            @Schema(description = "Who would see the patient", example = "01937f3e-0000-7000-8000-000000000002")
            UUID practitionerId,

            @Schema(
                    description = "Where; the main location's id is the clinic's own",
                    example = "01937f3e-0000-7000-8000-000000000011")
            UUID locationId,

            @Schema(
                    description =
                            "The room or equipment that a booking would take, the first free one by name; null when the "
                                    + "service needs none",
                    example = "01937f3e-0000-7000-8000-000000000013")
            @Nullable UUID roomId,

            @Schema(description = "Begins", example = "2026-11-25T12:15:00Z")
            Instant start,

            @Schema(description = "Ends", example = "2026-11-25T12:55:00Z")
            Instant end,

            @Schema(
                    description = "Minutes that would stay free before it, until the visit or the opening before it",
                    example = "0")
            int gapBeforeMinutes,

            @Schema(
                    description = "Minutes that would stay free after it, until the visit or the closing after it",
                    example = "20")
            int gapAfterMinutes,

            @Schema(description = "How many patients share this time; 1: one alone", example = "8")
            int capacity,

            @Schema(description = "How many places are left", example = "5")
            int placesLeft) {

        static SlotView of(Availability.FreeSlot slot) {
            return new SlotView(
                    slot.practitionerId(),
                    slot.locationId(),
                    slot.roomId(),
                    slot.start(),
                    slot.end(),
                    slot.gapBeforeMinutes(),
                    slot.gapAfterMinutes(),
                    slot.capacity(),
                    slot.placesLeft());
        }
    }

    /** The first free time of a practitioner within the days asked for. */
    @Schema(name = "NextFree")
    record NextFreeView(
            @Schema(description = "Who", example = "01937f3e-0000-7000-8000-000000000002")
            UUID practitionerId,

            @Schema(description = "Null when nothing is free on these days", example = "2026-11-25T12:15:00Z") @Nullable Instant start) {}

    /** What is free. */
    @Schema(name = "Slots")
    record SlotList(
            @Schema(description = "IANA zone of the main location", example = "America/Argentina/Buenos_Aires")
            String timeZone,

            @Schema(description = "By start, then by the practitioner's name; from now on")
            List<SlotView> items,

            @Schema(description = "True when there are more than the limit asked for", example = "false")
            boolean more,

            @Schema(description = "One for each practitioner who could take the visit, by name")
            List<NextFreeView> nextFree) {}

    /** Open at a location from one moment until another. */
    @Schema(name = "OpenTime")
    record OpenView(
            @Schema(
                    description = "Where; the main location's id is the clinic's own",
                    example = "01937f3e-0000-7000-8000-000000000011")
            UUID locationId,

            @Schema(description = "Begins", example = "2026-11-25T11:30:00Z")
            Instant start,

            @Schema(description = "Ends", example = "2026-11-25T16:00:00Z")
            Instant end) {}

    /** A practitioner's day. */
    @Schema(name = "OpeningHoursOfDay")
    record OpenDayView(
            @Schema(description = "Who", example = "01937f3e-0000-7000-8000-000000000002")
            UUID practitionerId,

            @Schema(description = "The clinic's day", example = "2026-11-25")
            LocalDate date,

            @Schema(description = "In order; none: closed") List<OpenView> open,

            @Schema(
                    description = "True while neither the practitioner nor the clinic have said when they are open",
                    example = "false")
            boolean assumed,

            @Schema(
                    description = "Name of the public holiday that closes the day; null on all others",
                    example = "Navidad")
            @Nullable String holiday) {}

    /** When practitioners see patients. */
    @Schema(name = "OpeningHours")
    record OpenDayList(
            @Schema(description = "By day, then by the practitioner's name")
            List<OpenDayView> items) {}

    @Operation(
            operationId = "findSlots",
            summary = "When a visit would fit",
            description = "Within the hours of those who offer the service, between the visits they have and the time "
                    + "these need around them, while a room is free if the service needs one, from now on. Visits begin on quarters of an hour and right where another "
                    + "one ends. Nothing is held: two people may see the same slot, and the database sells it once.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses({Problem.HEALTHCARE_SERVICE_UNKNOWN, Problem.PRACTITIONER_UNKNOWN})
    @GetMapping("/slots")
    SlotList slots(
            @PathVariable UUID organizationId,
            @Parameter(description = "What the visit is for") @RequestParam UUID healthcareServiceId,
            @Parameter(description = "Left out, anybody who offers the service")
                    @RequestParam(required = false)
                    @Nullable UUID practitionerId,
            @Parameter(description = "Left out, wherever they see patients") @RequestParam(required = false) @Nullable UUID locationId,
            @Parameter(description = "Left out, any that suits, if the service needs one")
                    @RequestParam(required = false)
                    @Nullable UUID roomId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 42 days later")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "Left out, as long as the service usually takes")
                    @RequestParam(required = false)
                    @Min(5) @Max(480) @Nullable Integer durationMinutes,
            @Parameter(description = "A visit that is being moved and is in nobody's way")
                    @RequestParam(required = false)
                    @Nullable UUID movingAppointmentId,
            @Parameter(description = "How many at most") @RequestParam(defaultValue = "100") @Min(1) @Max(MOST_SLOTS) int limit) {
        var found = availability.find(
                new Availability.Wanted(
                        healthcareServiceId,
                        practitionerId,
                        locationId,
                        roomId,
                        from,
                        to,
                        durationMinutes,
                        movingAppointmentId),
                limit);
        return new SlotList(
                found.zone().getId(),
                found.slots().stream().map(SlotView::of).toList(),
                found.more(),
                found.nextFree().stream()
                        .map(next -> new NextFreeView(next.practitionerId(), next.start()))
                        .toList());
    }

    @Operation(
            operationId = "listOpeningHours",
            summary = "When practitioners see patients on some days",
            description = "What schedules, exceptions and public holidays come to, clock changes included.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @GetMapping("/opening-hours")
    OpenDayList openingHours(
            @PathVariable UUID organizationId,
            @Parameter(description = "Left out, everybody active") @RequestParam(required = false) @Nullable UUID practitionerId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last, at most 42 days later")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        return new OpenDayList(availability.openDays(practitionerId, from, to).stream()
                .map(day -> new OpenDayView(
                        day.practitionerId(),
                        day.date(),
                        day.open().stream()
                                .map(open -> new OpenView(open.locationId(), open.start(), open.end()))
                                .toList(),
                        day.assumed(),
                        day.holiday()))
                .toList());
    }
}
