package app.recado.integrations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.KernelSettings;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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

/** Programs that call the API for a clinic, over HTTP. People decide about them: no API client may. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/api-clients")
@Tag(name = "API clients")
class ApiClientController {

    private static final String CLIENT_ID = "recado-client-01937f3e-0000-7000-8000-000000000082";

    private final ApiClientRegister register;
    private final ApiClientKeys keys;
    private final String tokenUrl;

    ApiClientController(ApiClientRegister register, ApiClientKeys keys, KernelSettings settings) {
        this.register = register;
        this.keys = keys;
        // As every realm of Keycloak has it.
        this.tokenUrl = settings.issuer() + "/protocol/openid-connect/token";
    }

    /** A key with which a client signs in. */
    @Schema(name = "ApiClientKey")
    record KeyView(
            @Schema(description = "The `client_id` of a request for a token", example = CLIENT_ID)
            String clientId,

            @Schema(
                    description = "When it ends, because a newer one took its place; null for the newest",
                    example = "2026-12-02T12:00:00Z")
            @Nullable Instant endsAt,

            @Schema(
                    description = "When it was last used, to the minute; null before the first time",
                    example = "2026-12-01T12:00:00Z")
            @Nullable Instant lastUsedAt,

            @Schema(description = "When it was issued", example = "2026-11-30T12:00:00Z")
            Instant createdAt) {

        static KeyView of(ApiClientKeys.Key key) {
            return new KeyView(key.oauthClient(), key.endsAt(), key.lastUsedAt(), key.createdAt());
        }
    }

    /** A program that calls the API for the clinic. */
    @Schema(name = "ApiClient")
    record ClientView(
            @Schema(description = "The client", example = "01937f3e-0000-7000-8000-000000000081")
            UUID id,

            @Schema(description = "What it is, as the clinic calls it", example = "Sitio web")
            String name,

            @Schema(description = "What it may do") List<Scope> scopes,

            @Schema(description = "Addresses and networks from which it may ask; empty for anywhere")
            List<String> addresses,

            @Schema(description = "From when on it may do nothing; null for never", example = "2027-11-30T12:00:00Z")
            @Nullable Instant expiresAt,

            @Schema(description = "Its keys that count, the newest first; empty until one is issued")
            List<KeyView> keys,

            @Schema(description = "When it was added", example = "2026-11-30T12:00:00Z")
            Instant createdAt,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static ClientView of(ApiClientRegister.Client client) {
            var details = client.details();
            return new ClientView(
                    client.id(),
                    details.name(),
                    details.scopes(),
                    details.addresses(),
                    details.expiresAt(),
                    client.keys().stream().map(KeyView::of).toList(),
                    client.createdAt(),
                    client.version());
        }
    }

    /** All API clients of the clinic. */
    @Schema(name = "ApiClients")
    record ClientList(
            @Schema(description = "The oldest first") List<ClientView> items) {}

    /** A client as it shall be. */
    @Schema(name = "ApiClientInput")
    record ClientInput(
            @Schema(description = "What it is, as the clinic calls it", example = "Sitio web")
            @OneLine
            @NotBlank @Size(max = 100) String name,

            @Schema(description = "What it may do: as little as it needs") @NotEmpty @Size(max = 50) List<@NotNull Scope> scopes,

            @Schema(description = "Addresses and networks from which it may ask; empty for anywhere")
            @NotNull @Size(max = 20) List<@NotBlank @Size(max = 50) String> addresses,

            @Schema(description = "From when on it may do nothing; null for never", example = "2027-11-30T12:00:00Z")
            @Nullable Instant expiresAt) {

        ApiClientRegister.Details details() {
            return new ApiClientRegister.Details(name, scopes, addresses, expiresAt);
        }
    }

    /** How a key takes the place of the former ones. */
    @Schema(name = "ApiClientKeyRequest")
    record KeyRequest(
            @Schema(description = "For how many hours former keys go on; 0 when others know them", example = "24")
            @NotNull @Min(0) @Max(720) Integer overlapHours) {}

    /** A new key, told this once. */
    @Schema(name = "ApiClientSecret")
    record SecretView(
            @Schema(description = "The `client_id` of a request for a token", example = CLIENT_ID)
            String clientId,

            @Schema(
                    description = "The `client_secret`. Recado does not know it any more after this answer",
                    example = "q0Z4V2oYh7mJ1cX8sT5rN3wKdL9uBfGe6aPiQyHtRzE")
            String clientSecret,

            @Schema(
                    description = "Where tokens are asked for, with the grant `client_credentials` and the scope"
                            + " `organization:*`",
                    example = "https://identity.example.com/realms/recado/protocol/openid-connect/token")
            String tokenUrl) {}

    @Operation(operationId = "listApiClients", summary = "Programs that call the API for the clinic")
    @Access(Allow.OWNER)
    @GetMapping
    ClientList list(@PathVariable UUID organizationId) {
        return new ClientList(register.all().stream().map(ClientView::of).toList());
    }

    @Operation(
            operationId = "createApiClient",
            summary = "Let a program call the API",
            description = "It can do nothing before a key is issued for it.")
    @Access(Allow.OWNER)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<ClientView> create(@PathVariable UUID organizationId, @Valid @RequestBody ClientInput body) {
        var client = ClientView.of(register.create(body.details()));
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/api-clients/%s".formatted(organizationId, client.id())))
                .body(client);
    }

    @Operation(operationId = "getApiClient", summary = "One API client")
    @Access(Allow.OWNER)
    @GetMapping("/{id}")
    ClientView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return ClientView.of(register.get(id));
    }

    @Operation(
            operationId = "changeApiClient",
            summary = "Change what an API client may do",
            description = "It counts from the client's next request on, also with tokens it has already.")
    @Access(Allow.OWNER)
    @PutMapping("/{id}")
    ClientView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ClientInput body) {
        return ClientView.of(register.change(id, expected, body.details()));
    }

    @Operation(
            operationId = "revokeApiClient",
            summary = "Take everything from an API client",
            description = "Its next request is refused, also with tokens it has already.")
    @Access(Allow.OWNER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        register.revoke(id, expected);
    }

    @Operation(
            operationId = "issueApiClientKey",
            summary = "Issue a key for an API client",
            description =
                    "The answer tells the secret, once. Former keys go on for as many hours as you say, so that the program"
                            + " changes in its own time. When the answer is lost, read the client and issue another one.")
    @Access(Allow.OWNER)
    @Refuses({Problem.API_CLIENTS_NOT_SET_UP, Problem.IDENTITY_UNAVAILABLE})
    @PostMapping("/{id}/keys")
    ResponseEntity<SecretView> issue(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody KeyRequest body) {
        var issued = keys.issue(id, expected, Duration.ofHours(body.overlapHours()));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new SecretView(issued.oauthClient(), issued.secret(), tokenUrl));
    }
}
