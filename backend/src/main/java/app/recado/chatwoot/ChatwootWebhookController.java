package app.recado.chatwoot;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.BodyLimitFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where inboxes of Chatwoot deliver. The address says whose it is, the signature who sent it. */
@RestController
@Tag(name = "Provider webhooks")
@RequestMapping("/webhooks/v1/chatwoot")
class ChatwootWebhookController {

    private final BridgeDeliveries deliveries;

    ChatwootWebhookController(BridgeDeliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Operation(operationId = "takeChatwootWebhook", summary = "What an inbox of Chatwoot reports of its conversations")
    @Access(Allow.PROVIDER)
    @PostMapping("/{clinic}/{bridge}")
    ResponseEntity<Void> take(@PathVariable UUID clinic, @PathVariable UUID bridge, HttpServletRequest request) {
        deliveries.take(
                clinic,
                bridge,
                request.getHeader(ChatwootSignature.HEADER),
                request.getHeader(ChatwootSignature.TIME),
                BodyLimitFilter.bodyOf(request));
        return ResponseEntity.ok().build();
    }
}
