package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pairing and health of the clinic's WhatsApp line. */
@RestController
@Tag(name = "WhatsApp line")
@RequestMapping("/api/v1/organizations/{organizationId}/whatsapp-lines")
class LineController {

    private final Lines lines;
    private final Gateway gateway;
    private final ObjectProvider<WaitingMessages> waiting;
    private final TransactionTemplate transaction;

    LineController(
            Lines lines, Gateway gateway, ObjectProvider<WaitingMessages> waiting, TransactionTemplate transaction) {
        this.lines = lines;
        this.gateway = gateway;
        this.waiting = waiting;
        this.transaction = transaction;
    }

    /** @param name what staff call the line */
    record NewLine(@NotBlank @Size(max = 100) String name) {}

    /** All lines of a clinic. */
    record LineList(List<LineView> items) {}

    /** What a line went through, newest first. */
    record LineHistory(List<Lines.Transition> items) {}

    @Operation(
            operationId = "listWhatsAppLines",
            summary = "The clinic's lines and how they are",
            description = "A clinic has one. Never carries a QR code.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    ResponseEntity<LineList> list(@PathVariable UUID organizationId) {
        var views = lines.all().stream().map(line -> current(line, false)).toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new LineList(views));
    }

    @Operation(
            operationId = "createWhatsAppLine",
            summary = "Give the clinic a line",
            description = "It is stopped until it is started. 409 line-exists when the clinic has one.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.LINE_EXISTS)
    @Idempotent
    @PostMapping
    ResponseEntity<LineView> create(@PathVariable UUID organizationId, @RequestBody @Valid NewLine request) {
        var line = lines.open(request.name().strip());
        var location = URI.create("/api/v1/organizations/" + organizationId + "/whatsapp-lines/" + line.id());
        return ResponseEntity.created(location)
                .cacheControl(CacheControl.noStore())
                .body(view(line, null, gateway.reachable(), false));
    }

    @Operation(
            operationId = "getWhatsAppLine",
            summary = "One line, with the QR code while it is pairing",
            description =
                    "The QR code goes to owners and receptionists only and must not be kept. When the gateway does"
                            + " not answer, this is the last known state and gatewayReachable is false.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}")
    ResponseEntity<LineView> get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return fresh(current(lines.get(id), mayPair()));
    }

    @Operation(
            operationId = "startWhatsAppLine",
            summary = "Start the line: reconnect it, or offer QR codes",
            description = "503 gateway-unavailable when the gateway does not answer; asking again is harmless.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/{id}/start")
    ResponseEntity<LineView> start(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return ask(id, "start");
    }

    @Operation(
            operationId = "stopWhatsAppLine",
            summary = "Stop the line without unlinking the phone",
            description = "Messages wait until it is started again. 503 gateway-unavailable when the gateway is away.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/{id}/stop")
    ResponseEntity<LineView> stop(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return ask(id, "stop");
    }

    @Operation(
            operationId = "logOutWhatsAppLine",
            summary = "Unlink the clinic's phone from Recado",
            description =
                    "A QR code must be scanned to link it again. 503 gateway-unavailable when the gateway is away.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/{id}/log-out")
    ResponseEntity<LineView> logOut(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return ask(id, "log-out");
    }

    @Operation(
            operationId = "listWhatsAppLineHistory",
            summary = "What the line went through, newest first",
            description = "The last hundred changes of state.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}/history")
    LineHistory history(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new LineHistory(lines.history(id));
    }

    private ResponseEntity<LineView> ask(UUID id, String action) {
        var line = lines.get(id);
        try {
            var status = gateway.ask(CurrentOrganization.id(), id, action)
                    .orElseThrow(() -> Problem.LINE_NOT_IN_THAT_STATE.because(
                            "The gateway does not know this line or knows it under another network"));
            return fresh(view(line, status, true, mayPair()));
        } catch (GatewayAway e) {
            throw Problem.GATEWAY_UNAVAILABLE.because("Nothing was changed, ask again in a moment");
        }
    }

    private LineView current(Lines.Line line, boolean withQr) {
        try {
            return view(line, gateway.status(line.id()).orElse(null), true, withQr);
        } catch (GatewayAway e) {
            return view(line, null, false, withQr);
        }
    }

    private LineView view(Lines.Line line, @Nullable LineStatus now, boolean reachable, boolean withQr) {
        var port = waiting.getIfAvailable();
        Integer count = port == null ? Integer.valueOf(0) : transaction.execute(status -> port.count());
        int waitingMessages = count == null ? 0 : count;
        if (now == null) {
            return new LineView(
                    line.id(),
                    line.name(),
                    line.state(),
                    line.cause(),
                    line.since(),
                    line.nextAttemptAt(),
                    line.phone(),
                    line.profileName(),
                    reachable,
                    null,
                    waitingMessages,
                    line.version());
        }
        var qr = now.qr();
        return new LineView(
                line.id(),
                line.name(),
                now.state(),
                now.cause(),
                now.since(),
                now.nextAttemptAt(),
                now.phone() == null ? line.phone() : now.phone(),
                now.profileName() == null ? line.profileName() : now.profileName(),
                reachable,
                withQr && qr != null ? new LineView.QrView(qr.value(), qr.expiresAt()) : null,
                waitingMessages,
                line.version());
    }

    private static boolean mayPair() {
        var roles = Caller.current().rolesIn(CurrentOrganization.id());
        return roles.contains(Allow.OWNER) || roles.contains(Allow.RECEPTIONIST);
    }

    private static ResponseEntity<LineView> fresh(LineView view) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
    }
}
