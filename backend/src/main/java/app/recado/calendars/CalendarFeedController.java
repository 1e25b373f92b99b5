package app.recado.calendars;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Addresses for calendar programs over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/calendar-feeds")
@Tag(name = "Calendar feeds")
class CalendarFeedController {

    private final CalendarFeeds feeds;

    CalendarFeedController(CalendarFeeds feeds) {
        this.feeds = feeds;
    }

    /**
     * An address at which a calendar program reads a practitioner's visits.
     *
     * @param practitionerId whose visits
     * @param patientNames whether they say who comes
     * @param path of the address, on the server of this API; whoever knows it reads the calendar
     * @param createdAt when it was made
     * @param readAt when a program last read it, within an hour; null while none did
     */
    @Schema(name = "CalendarFeed")
    record FeedView(
            UUID id,
            UUID practitionerId,
            boolean patientNames,

            @Schema(example = "/api/v1/public/calendar-feeds/01937f3e-0000-7000-8000-0000000000aa/k3J9vQz1cmVjYWRv.ics")
            String path,

            Instant createdAt,
            @Nullable Instant readAt) {}

    /**
     * Every address that counts.
     *
     * @param items the oldest first
     */
    @Schema(name = "CalendarFeeds")
    record FeedList(List<FeedView> items) {}

    /**
     * An address to make.
     *
     * @param practitionerId whose visits
     * @param patientNames whether they say who comes; calendars are often kept by others than the clinic
     */
    @Schema(name = "CalendarFeedInput")
    record NewFeed(@NotNull UUID practitionerId, @NotNull Boolean patientNames) {}

    @Operation(operationId = "listCalendarFeeds", summary = "Addresses at which calendar programs read visits")
    @Access(Allow.OWNER)
    @GetMapping
    FeedList list(@PathVariable UUID organizationId) {
        return new FeedList(
                feeds.all().stream().map(feed -> view(organizationId, feed)).toList());
    }

    @Operation(
            operationId = "createCalendarFeed",
            summary = "Make an address for a calendar program",
            description = "It holds the visits of the last 30 and the next 180 days, in the iCalendar format.")
    @Access(Allow.OWNER)
    @Refuses(Problem.PRACTITIONER_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<FeedView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewFeed body) {
        var feed = feeds.create(body.practitionerId(), body.patientNames());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/calendar-feeds/%s".formatted(organizationId, feed.id())))
                .body(view(organizationId, feed));
    }

    @Operation(operationId = "revokeCalendarFeed", summary = "Take an address back; it counts no more at once")
    @Access(Allow.OWNER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID organizationId, @PathVariable UUID id) {
        feeds.revoke(id);
    }

    private FeedView view(UUID organizationId, CalendarFeeds.Feed feed) {
        return new FeedView(
                feed.id(),
                feed.practitionerId(),
                feed.patientNames(),
                "/api/v1/public/calendar-feeds/%s/%s.ics".formatted(organizationId, feeds.tokenOf(feed)),
                feed.createdAt(),
                feed.readAt());
    }
}
