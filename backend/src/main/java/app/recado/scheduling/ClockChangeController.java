package app.recado.scheduling;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.scheduling.recurrence.Recurrence;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Visits under which the clocks were changed, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Appointments")
class ClockChangeController {

    private final ClockChanges changes;

    ClockChangeController(ClockChanges changes) {
        this.changes = changes;
    }

    /** Visits to decide on. */
    @Schema(name = "ClockChanges")
    record Changes(
            @Schema(description = "By start; at most 200, the others follow when these are decided")
            List<Change> items) {}

    /** A visit whose hour is no longer the one it was booked for. */
    @Schema(name = "ClockChange")
    record Change(
            @Schema(description = "The visit, with the moment it was booked for")
            AppointmentView appointment,

            @Schema(
                    description =
                            "The hour it was booked for, on the wall clock of its zone; today's rules show another one at"
                                    + " that moment",
                    example = "2026-11-24T10:00")
            String bookedLocal,

            @Schema(
                    description = "The hour that the wall clock shows at that moment by today's rules",
                    example = "2026-11-24T11:00")
            String nowLocal,

            @Schema(
                    description = "When the wall clock shows the hour it was booked for, by today's rules",
                    example = "2026-11-24T12:00:00Z")
            Instant bookedLocalStart) {

        private static Change of(ClockChanges.Changed changed) {
            var visit = changed.visit();
            var zone = ZoneId.of(visit.timeZone());
            return new Change(
                    visit,
                    SeriesController.onWallClock(changed.booked()),
                    SeriesController.onWallClock(LocalDateTime.ofInstant(visit.start(), zone)),
                    Recurrence.at(changed.booked(), zone).start());
        }
    }

    @Operation(
            operationId = "listClockChanges",
            summary = "Visits under which the clocks were changed",
            description =
                    "A country changed its rules after they were booked. Moving one to the hour it was booked for keeps the"
                            + " hour; moving it to where it is keeps the moment. Either ends its being listed.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/clock-changes")
    Changes list(@PathVariable UUID organizationId) {
        return new Changes(changes.list().stream().map(Change::of).toList());
    }
}
