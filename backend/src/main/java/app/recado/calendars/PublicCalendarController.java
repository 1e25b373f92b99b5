package app.recado.calendars;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.OrganizationStanding;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What calendar programs read. They sign in nowhere, so all that is known of them is that they know the address. */
@RestController
@Tag(name = "Calendar feeds")
class PublicCalendarController {

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final CalendarFeeds feeds;
    private final OrganizationStanding standing;

    PublicCalendarController(CalendarFeeds feeds, OrganizationStanding standing) {
        this.feeds = feeds;
        this.standing = standing;
    }

    @Operation(
            operationId = "readCalendarFeed",
            summary = "A practitioner's visits for a calendar program",
            description = "iCalendar (RFC 5545). Without patients' names unless the clinic wants them there.")
    @Access(Allow.EVERYONE)
    @Refuses(Problem.NOT_FOUND)
    @GetMapping(value = "/api/v1/public/calendar-feeds/{clinic}/{token}.ics", produces = "text/calendar")
    ResponseEntity<byte[]> read(
            @Parameter(description = "The organization") @PathVariable UUID clinic,
            @Parameter(description = "As the clinic was told") @PathVariable @Size(max = 400) String token) {
        if (standing.suspended(clinic)) {
            throw CalendarFeeds.unknown();
        }
        var text = CurrentOrganization.get(clinic, () -> CalendarText.of(feeds.read(token)));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePrivate())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
