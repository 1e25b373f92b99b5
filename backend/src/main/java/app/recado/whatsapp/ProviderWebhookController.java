package app.recado.whatsapp;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.BodyLimitFilter;
import app.recado.whatsapp.engines.EngineWebhooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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
 * Where providers deliver. An address carries a random id that says nothing of clinic or line. A 2xx means that everything
 * is committed; 401 that nothing was stored.
 */
@RestController
@Tag(name = "Provider webhooks")
@RequestMapping("/webhooks/v1")
class ProviderWebhookController {

    private static final String TWIML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

    private final EngineWebhooks webhooks;

    ProviderWebhookController(EngineWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Operation(operationId = "verifyCloudApiWebhook", summary = "The platform asks whether this address is ours")
    @Access(Allow.PROVIDER)
    @GetMapping(path = "/cloud-api/{address}")
    ResponseEntity<String> verify(
            @PathVariable UUID address,
            @RequestParam(name = "hub.mode", required = false) @Nullable String mode,
            @RequestParam(name = "hub.verify_token", required = false) @Nullable String token,
            @RequestParam(name = "hub.challenge", required = false) @Nullable String challenge) {
        return webhooks.challenge(address, mode, token, challenge)
                .map(text ->
                        ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(text))
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("The verify token does not fit"));
    }

    @Operation(operationId = "takeCloudApiWebhook", summary = "Messages and statuses of a Cloud API line")
    @Access(Allow.PROVIDER)
    @PostMapping("/cloud-api/{address}")
    ResponseEntity<Void> cloudApi(@PathVariable UUID address, HttpServletRequest request) {
        refuseUnlessStored(
                webhooks.cloudApi(address, BodyLimitFilter.bodyOf(request), request.getHeader("X-Hub-Signature-256")));
        return ResponseEntity.ok().build();
    }

    @Operation(operationId = "takeTwilioWebhook", summary = "A message to a Twilio line")
    @Access(Allow.PROVIDER)
    @PostMapping("/twilio/{address}")
    ResponseEntity<String> twilio(@PathVariable UUID address, HttpServletRequest request) {
        return twilio(address, request, "", false, null);
    }

    @Operation(
            operationId = "takeTwilioFallback",
            summary = "The same, after Twilio could not deliver to the first address")
    @Access(Allow.PROVIDER)
    @PostMapping("/twilio/{address}/fallback")
    ResponseEntity<String> twilioFallback(@PathVariable UUID address, HttpServletRequest request) {
        return twilio(address, request, "/fallback", false, null);
    }

    @Operation(operationId = "takeTwilioStatus", summary = "What became of a message of a Twilio line")
    @Access(Allow.PROVIDER)
    @PostMapping("/twilio/{address}/status")
    ResponseEntity<String> twilioStatus(
            @PathVariable UUID address,
            @RequestParam(name = "message", required = false) @Nullable UUID message,
            HttpServletRequest request) {
        return twilio(address, request, "/status", true, message);
    }

    private ResponseEntity<String> twilio(
            UUID address, HttpServletRequest request, String path, boolean status, @Nullable UUID message) {
        var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        refuseUnlessStored(webhooks.twilio(
                address,
                BodyLimitFilter.bodyOf(request),
                path + query,
                status,
                message,
                request.getHeader("X-Twilio-Signature")));
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(TWIML);
    }

    @Operation(operationId = "takeEvolutionWebhook", summary = "What an Evolution API server reports of its instance")
    @Access(Allow.PROVIDER)
    @PostMapping("/evolution/{address}/{secret}")
    ResponseEntity<Void> evolution(
            @PathVariable UUID address, @PathVariable String secret, HttpServletRequest request) {
        refuseUnlessStored(webhooks.evolution(address, secret, BodyLimitFilter.bodyOf(request)));
        return ResponseEntity.ok().build();
    }

    private static void refuseUnlessStored(EngineWebhooks.Taken taken) {
        switch (taken) {
            case STORED -> {}
            case NOT_OURS -> throw Problem.NOT_FOUND.because("This is not about a line of ours");
            case NOT_GENUINE -> throw Problem.UNAUTHENTICATED.because("The signature does not fit");
            case UNREADABLE -> throw Problem.INVALID_JSON.because("The delivery cannot be read");
            case LATER -> throw Problem.LINE_DOWN.because("The line cannot take anything now, deliver it again");
        }
    }
}
