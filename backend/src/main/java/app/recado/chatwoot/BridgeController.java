package app.recado.chatwoot;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lines whose conversations stand in an inbox of Chatwoot, too. */
@RestController
@Tag(name = "Chatwoot")
@RequestMapping("/api/v1/organizations/{organizationId}/chatwoot-bridges")
class BridgeController {

    private final Bridges bridges;
    private final BridgeSelfTest selfTest;
    private final ChatwootSettings settings;

    BridgeController(Bridges bridges, BridgeSelfTest selfTest, ChatwootSettings settings) {
        this.bridges = bridges;
        this.selfTest = selfTest;
        this.settings = settings;
    }

    /** A line that stands in an inbox of Chatwoot, too. Its token and secret are never shown. */
    @Schema(name = "ChatwootBridge")
    record BridgeView(
            @Schema(description = "The bridge", example = "01937f3e-0000-7000-8000-000000000084")
            UUID id,

            @Schema(description = "The line", example = "01937f3e-0000-7000-8000-000000000021")
            UUID lineId,

            @Schema(description = "The Chatwoot server", example = "https://chat.clinica.example")
            String baseUrl,

            @Schema(description = "The account there", example = "1")
            long accountId,

            @Schema(description = "The inbox there, of the kind API", example = "7")
            long inboxId,

            @Schema(description = "Whether anything is told and taken", example = "true")
            boolean active,

            @Schema(
                    description = "What to enter as the inbox's webhook URL; null when this installation has no public"
                            + " address",
                    example = "https://recado.example.com/webhooks/v1/chatwoot/01937f3e-8a20-7c31-9d5e-2f6b8c1a4e77"
                            + "/01937f3e-8a20-7c31-9d5e-2f6b8c1a4e78")
            @Nullable String webhookUrl,

            @Schema(
                    description = "When it delivered last with a signature that fits, to the minute; null for never",
                    example = "2026-11-30T12:00:00Z")
            @Nullable Instant deliveredAt,

            @Schema(
                    description = "Why it did not take what it was told last; null when it did",
                    example = "token-refused")
            @Nullable String lastCause,

            @Schema(description = "How much waits to be told", example = "0")
            long waiting,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {}

    private BridgeView view(UUID organizationId, Bridges.Bridge bridge) {
        return new BridgeView(
                bridge.id(),
                bridge.lineId(),
                bridge.baseUrl(),
                bridge.accountId(),
                bridge.inboxId(),
                bridge.active(),
                settings.webhook(organizationId, bridge.id()).orElse(null),
                bridge.deliveredAt(),
                bridge.lastCause(),
                bridge.waiting(),
                bridge.version());
    }

    /** All bridges of the clinic. */
    @Schema(name = "ChatwootBridges")
    record BridgeList(
            @Schema(description = "The oldest first") List<BridgeView> items) {}

    /** What people say of a bridge. */
    @Schema(name = "ChatwootBridgeInput")
    record BridgeInput(
            @Schema(description = "The line; it cannot be changed", example = "01937f3e-0000-7000-8000-000000000021")
            @NotNull UUID lineId,

            @Schema(description = "The Chatwoot server, without a path", example = "https://chat.clinica.example")
            @NotBlank @Size(max = 500) String baseUrl,

            @Schema(description = "The account there: the number in its addresses", example = "1") @NotNull @Min(1) Long accountId,

            @Schema(description = "The inbox there, of the kind API", example = "7") @NotNull @Min(1) Long inboxId,

            @Schema(
                    description =
                            "The access token of a user who may work in the inbox; left out, the one that is known",
                    example = "sMg1kbQ6r8mW2mY5nT4xZ9pV")
            @Nullable @Size(min = 8, max = 500) String apiToken,

            @Schema(
                    description =
                            "The inbox's webhook secret (Chatwoot 4.13 or later); left out, the one that is known",
                    example = "b1c9e0f7a4d24a55")
            @Nullable @Size(min = 8, max = 500) String webhookSecret,

            @Schema(description = "Whether anything is told and taken", example = "true") @NotNull Boolean active) {

        Bridges.Details details() {
            return new Bridges.Details(lineId, baseUrl, accountId, inboxId, apiToken, webhookSecret, active);
        }

        /** It holds secrets: never printed. */
        @Override
        public String toString() {
            return "BridgeInput[lineId=" + lineId + "]";
        }
    }

    @Operation(operationId = "listChatwootBridges", summary = "The lines that stand in an inbox of Chatwoot, too")
    @Access(Allow.OWNER)
    @GetMapping
    BridgeList list(@PathVariable UUID organizationId) {
        return new BridgeList(bridges.all().stream()
                .map(bridge -> view(organizationId, bridge))
                .toList());
    }

    @Operation(
            operationId = "createChatwootBridge",
            summary = "Have a line's conversations stand in an inbox of Chatwoot, too",
            description = "From now on what is said on the line is told there, and what agents write there leaves here."
                    + " Enter webhookUrl in the inbox's settings, then try it with /test.")
    @Access(Allow.OWNER)
    @Refuses(Problem.CREDENTIALS_NOT_KEPT)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<BridgeView> create(@PathVariable UUID organizationId, @Valid @RequestBody BridgeInput body) {
        var bridge = bridges.create(body.details());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/" + organizationId + "/chatwoot-bridges/" + bridge.id()))
                .body(view(organizationId, bridge));
    }

    @Operation(operationId = "getChatwootBridge", summary = "One bridge to Chatwoot")
    @Access(Allow.OWNER)
    @GetMapping("/{id}")
    BridgeView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return view(organizationId, bridges.get(id));
    }

    @Operation(
            operationId = "changeChatwootBridge",
            summary = "Change a bridge to Chatwoot, or switch it off",
            description = "What waits to be told is forgotten when it is switched off or leads to another inbox.")
    @Access(Allow.OWNER)
    @Refuses(Problem.CREDENTIALS_NOT_KEPT)
    @PutMapping("/{id}")
    BridgeView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody BridgeInput body) {
        return view(organizationId, bridges.change(id, expected, body.details()));
    }

    @Operation(
            operationId = "removeChatwootBridge",
            summary = "Take a bridge to Chatwoot away; what stands there stays there")
    @Access(Allow.OWNER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        bridges.remove(id, expected);
    }

    /** What a try came to. */
    @Schema(name = "ChatwootChecks")
    record Checks(
            @Schema(description = "In the order in which they were tried")
            List<BridgeSelfTest.Check> items) {}

    @Operation(
            operationId = "testChatwootBridge",
            summary = "Try a bridge to Chatwoot",
            description =
                    "Asks the server for the inbox; writes nothing there. Whether the secret fits is known once an"
                            + " agent wrote something.")
    @Access(Allow.OWNER)
    @PostMapping("/{id}/test")
    Checks test(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new Checks(selfTest.of(id));
    }
}
