package app.recado.engines.cloudapi;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Hmac;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.webhooks.ProviderWebhooks;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.BodyLimitFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the Cloud API delivers. The address carries a random id that says nothing of clinic or line. A 2xx means that
 * everything is committed; 401 that nothing was stored.
 */
@RestController
@Tag(name = "Provider webhooks")
@RequestMapping("/webhooks/v1/cloud-api")
class CloudApiWebhookController {

    private static final int LONGEST_CHALLENGE = 200;

    private final ProviderWebhooks webhooks;

    CloudApiWebhookController(ProviderWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Operation(operationId = "verifyCloudApiWebhook", summary = "The platform asks whether this address is ours")
    @Access(Allow.PROVIDER)
    @GetMapping("/{address}")
    ResponseEntity<String> verify(
            @PathVariable UUID address,
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        var taken = webhooks.take(address, LineCredentials.CloudApi.class, (lineId, secret) -> {
            boolean fits = "subscribe".equals(mode)
                    && token != null
                    && challenge != null
                    && challenge.length() <= LONGEST_CHALLENGE
                    && Hmac.equal(secret.verifyToken(), token);
            if (!fits) {
                throw new ProviderEvent.NotGenuine();
            }
            return Optional.empty();
        });
        if (taken != ProviderWebhooks.Taken.STORED) {
            throw Problem.UNAUTHENTICATED.because("The verify token does not fit");
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge);
    }

    @Operation(operationId = "takeCloudApiWebhook", summary = "Messages and statuses of a Cloud API line")
    @Access(Allow.PROVIDER)
    @PostMapping("/{address}")
    ResponseEntity<Void> take(@PathVariable UUID address, HttpServletRequest request) {
        var body = BodyLimitFilter.bodyOf(request);
        var signature = request.getHeader("X-Hub-Signature-256");
        webhooks.take(address, LineCredentials.CloudApi.class, (lineId, secret) -> genuine(secret, body, signature))
                .orRefuse();
        return ResponseEntity.ok().build();
    }

    private static Optional<String> genuine(LineCredentials.CloudApi secret, byte[] body, @Nullable String signature)
            throws ProviderEvent.Refused {
        if (!CloudApi.signed(secret.appSecret(), body, signature)) {
            throw new ProviderEvent.NotGenuine();
        }
        return Optional.of(new String(body, StandardCharsets.UTF_8));
    }
}
