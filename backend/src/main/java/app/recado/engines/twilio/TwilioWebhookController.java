package app.recado.engines.twilio;

import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.webhooks.ProviderWebhooks;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.BodyLimitFilter;
import app.recado.whatsapp.LineEngineKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where Twilio delivers. An address carries a random id that says nothing of clinic or line. A 2xx means that everything
 * is committed; 401 that nothing was stored.
 */
@RestController
@Tag(name = "Provider webhooks")
@RequestMapping("/webhooks/v1/twilio")
class TwilioWebhookController {

    private static final String TWIML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

    private final ProviderWebhooks webhooks;
    private final CredentialStore credentials;

    TwilioWebhookController(ProviderWebhooks webhooks, CredentialStore credentials) {
        this.webhooks = webhooks;
        this.credentials = credentials;
    }

    @Operation(operationId = "takeTwilioWebhook", summary = "A message to a Twilio line")
    @Access(Allow.PROVIDER)
    @PostMapping("/{address}")
    ResponseEntity<String> twilio(@PathVariable UUID address, HttpServletRequest request) {
        return twilio(address, request, "", false, null);
    }

    @Operation(
            operationId = "takeTwilioFallback",
            summary = "The same, after Twilio could not deliver to the first address")
    @Access(Allow.PROVIDER)
    @PostMapping("/{address}/fallback")
    ResponseEntity<String> twilioFallback(@PathVariable UUID address, HttpServletRequest request) {
        return twilio(address, request, "/fallback", false, null);
    }

    @Operation(operationId = "takeTwilioStatus", summary = "What became of a message of a Twilio line")
    @Access(Allow.PROVIDER)
    @PostMapping("/{address}/status")
    ResponseEntity<String> twilioStatus(
            @PathVariable UUID address,
            @RequestParam(name = "message", required = false) @Nullable UUID message,
            HttpServletRequest request) {
        return twilio(address, request, "/status", true, message);
    }

    private ResponseEntity<String> twilio(
            UUID address, HttpServletRequest request, String path, boolean status, @Nullable UUID message) {
        var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        var body = BodyLimitFilter.bodyOf(request);
        var signature = request.getHeader("X-Twilio-Signature");
        webhooks.take(address, LineCredentials.Twilio.class, (lineId, secret) -> {
                    mustBeGenuine(lineId, secret, body, path + query, signature);
                    var form = new String(body, StandardCharsets.UTF_8);
                    return Optional.of(new TwilioReader.Content(status, message, form).json());
                })
                .orRefuse();
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(TWIML);
    }

    /** @param path behind the line's own part of the address, with its query: part of what is signed */
    private void mustBeGenuine(
            UUID lineId, LineCredentials.Twilio secret, byte[] body, String path, @Nullable String signature)
            throws ProviderEvent.Refused {
        TwilioWebhook form;
        try {
            form = TwilioWebhook.parse(body);
        } catch (IllegalArgumentException e) {
            throw new ProviderEvent.Unreadable();
        }
        var told = credentials.webhook(lineId, LineEngineKind.TWILIO, path);
        if (told.isEmpty() || !form.signed(secret.authToken(), told.get(), signature)) {
            throw new ProviderEvent.NotGenuine();
        }
    }
}
