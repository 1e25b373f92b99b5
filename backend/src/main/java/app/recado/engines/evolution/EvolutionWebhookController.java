package app.recado.engines.evolution;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Hmac;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.webhooks.ProviderWebhooks;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.BodyLimitFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where Evolution API servers deliver. Nothing but the secret in the address speaks for a delivery. */
@RestController
@Tag(name = "Provider webhooks")
@RequestMapping("/webhooks/v1/evolution")
class EvolutionWebhookController {

    private final ProviderWebhooks webhooks;

    EvolutionWebhookController(ProviderWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Operation(operationId = "takeEvolutionWebhook", summary = "What an Evolution API server reports of its instance")
    @Access(Allow.PROVIDER)
    @PostMapping("/{address}/{secret}")
    ResponseEntity<Void> take(@PathVariable UUID address, @PathVariable String secret, HttpServletRequest request) {
        var body = BodyLimitFilter.bodyOf(request);
        webhooks.take(address, LineCredentials.Evolution.class, (lineId, known) -> genuine(known, secret, body))
                .orRefuse();
        return ResponseEntity.ok().build();
    }

    private static Optional<String> genuine(LineCredentials.Evolution known, String secret, byte[] body)
            throws ProviderEvent.Refused {
        if (!Hmac.equal(known.hookSecret(), secret)) {
            throw new ProviderEvent.NotGenuine();
        }
        return Optional.of(EvolutionWebhook.redacted(body).toString());
    }
}
