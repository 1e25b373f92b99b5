package app.recado.engines.gateway;

import app.recado.kernel.Failpoints;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.BodyLimitFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the gateway delivers its events. A 2xx means they are committed and will not be sent again. */
@RestController
@Tag(name = "Gateway")
class GatewayEventController {

    private final GatewaySignature signature;
    private final GatewayEvents events;

    GatewayEventController(GatewaySignature signature, GatewayEvents events) {
        this.signature = signature;
        this.events = events;
    }

    @Operation(
            operationId = "takeGatewayEvents",
            summary = "Events of one line, in order, signed by the gateway",
            description = "401 for a signature that does not fit or is older than five minutes, 404 for a line the"
                    + " organization does not have. Events are known by their id: repeating them changes nothing.")
    @Access(Allow.GATEWAY)
    @PostMapping("/internal/v1/gateway/events")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(HttpServletRequest request) {
        var body = BodyLimitFilter.bodyOf(request);
        if (!signature.fits(
                request.getHeader("webhook-id"),
                request.getHeader("webhook-timestamp"),
                request.getHeader("webhook-signature"),
                body)) {
            throw Problem.UNAUTHENTICATED.because("The signature does not fit or is too old");
        }
        try {
            events.take(GatewayJson.parse(body));
        } catch (GatewayJson.Unreadable e) {
            throw Problem.INVALID_JSON.because("The delivery cannot be read: " + e.getMessage());
        }
        Failpoints.reach("event-committed");
    }
}
