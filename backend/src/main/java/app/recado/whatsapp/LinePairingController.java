package app.recado.whatsapp;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Linking a clinic's phone to a line, trying it out, unlinking it. Each call may be repeated: it says what is wanted. */
@RestController
@Tag(name = "WhatsApp lines")
@RequestMapping("/api/v1/organizations/{organizationId}/whatsapp-lines/{id}")
class LinePairingController {

    private final LineService service;
    private final TestMessages tests;

    LinePairingController(LineService service, TestMessages tests) {
        this.service = service;
        this.tests = tests;
    }

    /**
     * How to start a line.
     *
     * @param replacePhone another number than the line's own may be linked: whoever asks was warned
     */
    record StartRequest(@Nullable Boolean replacePhone) {}

    /**
     * For which phone a code to type is wanted.
     *
     * @param phone the number of the phone the code will be typed into; national numbers belong to the clinic's country
     */
    record PairingCodeRequest(@NotBlank @Size(max = 40) String phone) {}

    @Operation(
            operationId = "startWhatsAppLine",
            summary = "Start the line: reconnect it, or offer QR codes",
            description =
                    "A number other than the line's own is refused (needs-pairing, wrong-number) unless replacePhone"
                            + " is true. 503 gateway-unavailable when the gateway does not answer; asking again is harmless.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE, Problem.LINE_CREDENTIALS_MISSING})
    @Idempotent(stored = false)
    @PostMapping("/start")
    ResponseEntity<LineView> start(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable StartRequest request) {
        return fresh(service.start(id, request != null && Boolean.TRUE.equals(request.replacePhone())));
    }

    @Operation(
            operationId = "requestWhatsAppPairingCode",
            summary = "Ask for a code to type into the phone instead of scanning",
            description = "The code appears in the line as pairingCode once the network has given it, for those who may"
                    + " pair. 409 line-not-in-that-state for a line that is linked.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/pairing-code")
    ResponseEntity<LineView> pairingCode(
            @PathVariable UUID organizationId, @PathVariable UUID id, @RequestBody @Valid PairingCodeRequest request) {
        return fresh(service.pairingCode(id, request.phone()));
    }

    @Operation(
            operationId = "stopWhatsAppLine",
            summary = "Stop the line without unlinking the phone",
            description = "Messages wait until it is started again. 503 gateway-unavailable when the gateway is away.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/stop")
    ResponseEntity<LineView> stop(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return fresh(service.stop(id));
    }

    @Operation(
            operationId = "logOutWhatsAppLine",
            summary = "Unlink the clinic's phone from Recado",
            description =
                    "A QR code must be scanned to link it again. 503 gateway-unavailable when the gateway is away.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.GATEWAY_UNAVAILABLE, Problem.LINE_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/log-out")
    ResponseEntity<LineView> logOut(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return fresh(service.logOut(id));
    }

    /**
     * A message to try the line out.
     *
     * @param to who gets the test; national numbers belong to the clinic's country
     */
    record TestRequest(@NotBlank @Size(max = 40) String to) {}

    @Operation(
            operationId = "sendWhatsAppTestMessage",
            summary = "Try the line out with a short message to any number",
            description =
                    "Sent at once or not at all: 503 line-down names the state of a line that is not linked. The answer"
                            + " does not wait for the line's engine: how far the message came is read under the"
                            + " address in Location.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.LINE_DOWN)
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/test-messages")
    ResponseEntity<TestMessages.TestMessage> test(
            @PathVariable UUID organizationId, @PathVariable UUID id, @RequestBody @Valid TestRequest request) {
        var sent = tests.send(id, request.to());
        var location = URI.create(
                "/api/v1/organizations/" + organizationId + "/whatsapp-lines/" + id + "/test-messages/" + sent.id());
        return ResponseEntity.accepted().location(location).body(sent);
    }

    @Operation(
            operationId = "getWhatsAppTestMessage",
            summary = "How far a test came",
            description = "Hints of kind whatsapp-line tell when it moved.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/test-messages/{testId}")
    TestMessages.TestMessage test(@PathVariable UUID organizationId, @PathVariable UUID id, @PathVariable UUID testId) {
        return tests.get(id, testId);
    }

    private static ResponseEntity<LineView> fresh(LineView view) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
    }
}
