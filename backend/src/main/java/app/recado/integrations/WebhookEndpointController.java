package app.recado.integrations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints that are told of what happens, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/webhook-endpoints")
@Tag(name = "Webhooks")
class WebhookEndpointController {

    private static final String URL = "https://ehr.example.com/recado?tenant=42";

    private final WebhookEndpoints endpoints;

    WebhookEndpointController(WebhookEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** What becomes of events. */
    @Schema(name = "WebhookEndpointState")
    enum StateView {
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("paused")
        PAUSED,
        @JsonProperty("disabled")
        DISABLED
    }

    /** Why Recado switched an endpoint off. */
    @Schema(name = "WebhookEndpointCause")
    enum CauseView {
        @JsonProperty("gone")
        GONE,
        @JsonProperty("failing")
        FAILING
    }

    /** Another system that is told of what happens. */
    @Schema(name = "WebhookEndpoint")
    record EndpointView(
            @Schema(description = "The endpoint", example = "01937f3e-0000-7000-8000-000000000071")
            UUID id,

            @Schema(description = "Where it is told", example = URL)
            String url,

            @Schema(description = "What it is, as the clinic calls it", example = "Historia clínica")
            String description,

            @Schema(description = "What it is told of; empty for everything")
            List<WebhookEventType> eventTypes,

            @Schema(
                    description =
                            "Whether it is told: active, paused by a person (what happens meanwhile is not kept for it)"
                                    + " or disabled by Recado (it is)",
                    example = "active")
            StateView state,

            @Schema(
                    description =
                            "Why it is disabled: it answered 410 (gone) or took nothing for five days (failing); null"
                                    + " otherwise",
                    example = "failing")
            @Nullable CauseView cause,

            @Schema(
                    description = "The first failure since it was last told; null while it takes what it is told",
                    example = "2026-12-01T12:00:00Z")
            @Nullable Instant failingSince,

            @Schema(
                    description =
                            "The key with which a receiver checks the signature `v1a` (Ed25519), as libraries for Standard"
                                    + " Webhooks take it; null where only the secret signs",
                    example = "whpk_bE7FN0iDLX3IQ+fMQTXJ6uyqJ4nJ9bD1PDQdMqQ/5Fg=")
            @Nullable String publicKey,

            @Schema(
                    description = "Until when the former secret signs too; null when it does not",
                    example = "2026-12-02T12:00:00Z")
            @Nullable Instant formerSecretUntil,

            @Schema(description = "When it was added", example = "2026-11-30T12:00:00Z")
            Instant createdAt,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static EndpointView of(WebhookEndpoints.Endpoint endpoint) {
            return new EndpointView(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.description(),
                    endpoint.eventTypes(),
                    StateView.valueOf(endpoint.state().name()),
                    endpoint.cause() instanceof String cause
                            ? CauseView.valueOf(cause.toUpperCase(java.util.Locale.ROOT))
                            : null,
                    endpoint.failingSince(),
                    endpoint.publicKey(),
                    endpoint.formerUntil(),
                    endpoint.createdAt(),
                    endpoint.version());
        }
    }

    /** All endpoints of the clinic. */
    @Schema(name = "WebhookEndpoints")
    record EndpointList(
            @Schema(description = "The oldest first") List<EndpointView> items) {}

    /** An endpoint as it shall be. */
    @Schema(name = "WebhookEndpointInput")
    record EndpointInput(
            @Schema(description = "Where it is told: https, a public address, no redirects", example = URL)
            @NotBlank @Size(max = 2000) String url,

            @Schema(description = "What it is, as the clinic calls it", example = "Historia clínica")
            @OneLine
            @NotBlank @Size(max = 100) String description,

            @Schema(description = "What it is told of; empty for everything") @NotNull @Size(max = 50) List<@NotNull WebhookEventType> eventTypes,

            @Schema(description = "False pauses it; true also switches on again what Recado disabled", example = "true")
            @NotNull Boolean active,

            @Schema(
                    description =
                            "True has each webhook signed with an Ed25519 key, too (`v1a`): whoever checks it cannot forge"
                                    + " one. Left out, only the secret signs",
                    example = "false")
            @Nullable Boolean asymmetric) {

        WebhookEndpoints.Details details() {
            return new WebhookEndpoints.Details(url, description, eventTypes, active, Boolean.TRUE.equals(asymmetric));
        }
    }

    /** What signs an endpoint's webhooks. */
    @Schema(name = "WebhookSecret")
    record SecretView(
            @Schema(
                    description = "As libraries for Standard Webhooks take it; keep it where others cannot read it",
                    example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            String secret) {}

    /** How a secret is replaced. */
    @Schema(name = "WebhookSecretRotation")
    record Rotation(
            @Schema(
                    description = "For how many hours the former secret signs too; 0 when others know it",
                    example = "24")
            @NotNull @Min(0) @Max(168) Integer overlapHours) {}

    @Operation(operationId = "listWebhookEndpoints", summary = "Other systems that are told of what happens")
    @Access(Allow.OWNER)
    @GetMapping
    EndpointList list(@PathVariable UUID organizationId) {
        return new EndpointList(endpoints.all().stream().map(EndpointView::of).toList());
    }

    @Operation(
            operationId = "createWebhookEndpoint",
            summary = "Have another system told of what happens",
            description =
                    "Webhooks are signed and formed as the Standard Webhooks specification says, and delivered at least"
                            + " once: again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. Any answer with a status of"
                            + " 2xx within 15 seconds takes one; 410 switches the endpoint off, as does failing for five days.")
    @Access(Allow.OWNER)
    @Refuses(Problem.CREDENTIALS_NOT_KEPT)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<EndpointView> create(@PathVariable UUID organizationId, @Valid @RequestBody EndpointInput body) {
        var endpoint = EndpointView.of(endpoints.create(body.details()));
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/webhook-endpoints/%s".formatted(organizationId, endpoint.id())))
                .body(endpoint);
    }

    @Operation(operationId = "getWebhookEndpoint", summary = "One endpoint")
    @Access(Allow.OWNER)
    @GetMapping("/{id}")
    EndpointView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return EndpointView.of(endpoints.get(id));
    }

    @Operation(
            operationId = "changeWebhookEndpoint",
            summary = "Change an endpoint, pause it or switch it on again",
            description = "Switched on again after Recado disabled it, it is told of what it missed.")
    @Access(Allow.OWNER)
    @Refuses(Problem.CREDENTIALS_NOT_KEPT)
    @PutMapping("/{id}")
    EndpointView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody EndpointInput body) {
        return EndpointView.of(endpoints.change(id, expected, body.details()));
    }

    @Operation(
            operationId = "removeWebhookEndpoint",
            summary = "Take an endpoint away, with all that was written of what it was told")
    @Access(Allow.OWNER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        endpoints.remove(id, expected);
    }

    @Operation(
            operationId = "getWebhookSecret",
            summary = "What signs an endpoint's webhooks",
            description = "For the receiver, which checks signatures with it.")
    @Access(Allow.OWNER)
    @Refuses(Problem.CREDENTIALS_NOT_KEPT)
    @GetMapping("/{id}/secret")
    SecretView secret(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new SecretView(endpoints.secret(id));
    }

    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Replace an endpoint's secret",
            description =
                    "For a while each webhook carries two signatures, so that the receiver can change in its own time.")
    @Access(Allow.OWNER)
    @PostMapping("/{id}/rotate-secret")
    EndpointView rotate(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Rotation body) {
        return EndpointView.of(endpoints.rotate(id, expected, Duration.ofHours(body.overlapHours())));
    }
}
