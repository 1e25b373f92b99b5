package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.Publishable;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What endpoints were told, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/webhook-endpoints/{id}")
@Tag(name = "Webhooks")
class WebhookDeliveryController {

    private static final String EVENT = "01937f3e-0000-7000-8000-000000000072";

    private final WebhookDeliveries deliveries;
    private final WebhookEndpoints endpoints;
    private final WebhookEvents events;

    WebhookDeliveryController(WebhookDeliveries deliveries, WebhookEndpoints endpoints, WebhookEvents events) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.events = events;
    }

    /** Whether an endpoint took an event. */
    @Schema(name = "WebhookDeliveryState")
    enum StateView {
        @JsonProperty("pending")
        PENDING,
        @JsonProperty("delivered")
        DELIVERED,
        @JsonProperty("failed")
        FAILED
    }

    /** How far an endpoint was told of an event. */
    @Schema(name = "WebhookDelivery")
    record DeliveryView(
            @Schema(description = "The event, the same at every attempt: `webhook-id`", example = EVENT)
            UUID eventId,

            @Schema(description = "What happened", example = "appointment.booked")
            WebhookEventType type,

            @Schema(description = "The record it happened to", example = "01937f3e-0000-7000-8000-000000000041")
            UUID resourceId,

            @Schema(description = "Grows with each event of a record", example = "1207")
            long sequence,

            @Schema(
                    description = "Whether it was taken: pending until it is, failed after the tenth attempt",
                    example = "pending")
            StateView state,

            @Schema(description = "How often it was tried since somebody last asked for it", example = "2")
            int attempts,

            @Schema(description = "When it is tried next; null unless pending", example = "2026-12-01T12:05:05Z")
            @Nullable Instant nextAttemptAt,

            @Schema(description = "HTTP's status of the last answer; null without one", example = "503") @Nullable Integer lastStatus,

            @Schema(
                    description = "Why there was no answer: timeout, refused, tls, address-unknown, address-not-public,"
                            + " secret-unreadable or broken-…; null when there was one",
                    example = "timeout")
            @Nullable String lastCause,

            @Schema(
                    description = "When it was last tried; null before the first time",
                    example = "2026-12-01T12:00:05Z")
            @Nullable Instant lastAttemptAt,

            @Schema(description = "When it happened", example = "2026-12-01T12:00:00Z")
            Instant occurredAt) {

        static DeliveryView of(WebhookDeliveries.Delivery delivery) {
            return new DeliveryView(
                    delivery.eventId(),
                    WebhookEventType.of(delivery.type()),
                    delivery.resourceId(),
                    delivery.number(),
                    StateView.valueOf(delivery.state().toUpperCase(Locale.ROOT)),
                    delivery.attempts(),
                    delivery.nextAttemptAt(),
                    delivery.lastStatus(),
                    delivery.lastCause(),
                    delivery.lastAttemptAt(),
                    delivery.occurredAt());
        }
    }

    /** One attempt to tell an endpoint. */
    @Schema(name = "WebhookAttempt")
    record AttemptView(
            @Schema(description = "1 for the first", example = "1")
            int number,

            @Schema(description = "When it was over", example = "2026-12-01T12:00:05Z")
            Instant at,

            @Schema(description = "How long it took, in milliseconds", example = "15003")
            int millis,

            @Schema(description = "HTTP's status; null without an answer", example = "503") @Nullable Integer status,

            @Schema(description = "Why there was no answer; null when there was one", example = "timeout") @Nullable String cause,

            @Schema(
                    description = "The first thousand bytes of the answer; null without one",
                    example = "Service under maintenance")
            @Nullable String answer) {}

    /** Every attempt. */
    @Schema(name = "WebhookAttempts")
    record AttemptList(
            @Schema(description = "The first one first") List<AttemptView> items) {}

    /** From when on. */
    @Schema(name = "WebhookReplay")
    record Replay(
            @Schema(
                    description = "Everything that happened from then on is told again",
                    example = "2026-12-01T00:00:00Z")
            @NotNull Instant since) {}

    /** What is told again. */
    @Schema(name = "WebhookReplayed")
    record Replayed(
            @Schema(description = "How many events", example = "17")
            int events) {}

    /** An event that somebody asked for to try the endpoint. */
    private record Tried(UUID resourceId) implements Publishable {
        @Override
        public String eventType() {
            return WebhookEventType.TEST.wireName();
        }
    }

    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "What an endpoint was told, the latest first",
            description = "Kept as long as the installation keeps technical records.")
    @Access(Allow.OWNER)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/deliveries")
    Page<DeliveryView> list(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "Only those in this state; left out, all")
                    @RequestParam(required = false)
                    @Nullable StateView state,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return deliveries
                .list(id, state == null ? null : state.name().toLowerCase(Locale.ROOT), limit, cursor)
                .map(DeliveryView::of);
    }

    @Operation(operationId = "listWebhookAttempts", summary = "Every attempt to tell an endpoint of an event")
    @Access(Allow.OWNER)
    @GetMapping("/deliveries/{eventId}/attempts")
    AttemptList attempts(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "The event") @PathVariable UUID eventId) {
        deliveries.get(id, eventId);
        return new AttemptList(deliveries.attempts(id, eventId).stream()
                .map(attempt -> new AttemptView(
                        attempt.number(),
                        attempt.at(),
                        attempt.millis(),
                        attempt.status(),
                        attempt.cause(),
                        attempt.answer()))
                .toList());
    }

    @Operation(
            operationId = "replayWebhook",
            summary = "Tell an endpoint of an event once more",
            description = "Whatever became of it. The receiver knows it by its `webhook-id`.")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/deliveries/{eventId}/replay")
    ResponseEntity<DeliveryView> replay(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "The event") @PathVariable UUID eventId) {
        return ResponseEntity.ok(DeliveryView.of(deliveries.replay(id, eventId)));
    }

    @Operation(
            operationId = "replayWebhooksSince",
            summary = "Tell an endpoint once more of all that happened since",
            description = "In order, also of what it took: a receiver that lost data gets it back.")
    @Costs(Costs.FILE)
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/replay")
    ResponseEntity<Replayed> replaySince(
            @PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody Replay body) {
        return ResponseEntity.ok(new Replayed(deliveries.replaySince(id, body.since())));
    }

    @Operation(
            operationId = "testWebhookEndpoint",
            summary = "Tell an endpoint of an event of the type webhook.test",
            description = "At once, to this endpoint alone, whatever it wants to be told of. A paused one is not told.")
    @Access(Allow.OWNER)
    @Refuses(Problem.WEBHOOK_ENDPOINT_PAUSED)
    @Idempotent
    @PostMapping("/test")
    ResponseEntity<DeliveryView> test(@PathVariable UUID organizationId, @PathVariable UUID id) {
        if (endpoints.get(id).state() == WebhookEndpoints.State.PAUSED) {
            throw Problem.WEBHOOK_ENDPOINT_PAUSED.because("Switch the endpoint on first");
        }
        var event = events.tell(id, new Tried(CurrentOrganization.id()));
        return ResponseEntity.ok(DeliveryView.of(deliveries.get(id, event)));
    }
}
