package app.recado.whatsapp;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The clinic's WhatsApp lines and what they went through. */
@RestController
@Tag(name = "WhatsApp lines")
@RequestMapping("/api/v1/organizations/{organizationId}/whatsapp-lines")
class LineController {

    private final Lines lines;
    private final LineStates states;
    private final LineService service;

    LineController(Lines lines, LineStates states, LineService service) {
        this.lines = lines;
        this.states = states;
        this.service = service;
    }

    /**
     * A line to add.
     *
     * @param name what staff call the line
     * @param engine how it reaches WhatsApp; the clinic's own phone when left out
     */
    record NewLine(
            @OneLine @NotBlank @Size(max = 100) String name,
            @Nullable LineEngineKind engine) {}

    /**
     * What a line is called and how it behaves.
     *
     * @param name what staff call the line
     * @param typing whether it shows "typing" and pauses like a person before each message
     */
    record LineChange(
            @OneLine @NotBlank @Size(max = 100) String name,
            @NotNull Boolean typing) {}

    /** All lines of a clinic. */
    record LineList(List<LineView> items) {}

    /** What a line went through, newest first. */
    record LineHistory(List<LineStates.Transition> items) {}

    @Operation(
            operationId = "listWhatsAppLines",
            summary = "The clinic's lines and how they are",
            description = "The default line first, each as it was last reported. Never carries a code for pairing.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    ResponseEntity<LineList> list(@PathVariable UUID organizationId) {
        var views = lines.all().stream().map(service::withoutCodes).toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new LineList(views));
    }

    @Operation(
            operationId = "createWhatsAppLine",
            summary = "Give the clinic a line",
            description = "It is stopped until it is started. The first one becomes the default line.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.LINE_NAME_TAKEN, Problem.LIMIT_REACHED})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<LineView> create(@PathVariable UUID organizationId, @RequestBody @Valid NewLine request) {
        var engine = request.engine() == null ? LineEngineKind.LINKED_DEVICE : request.engine();
        var line = lines.open(request.name().strip(), engine);
        var location = URI.create("/api/v1/organizations/" + organizationId + "/whatsapp-lines/" + line.id());
        return ResponseEntity.created(location)
                .cacheControl(CacheControl.noStore())
                .body(service.withoutCodes(line));
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
        return fresh(service.current(lines.get(id)));
    }

    @Operation(
            operationId = "updateWhatsAppLine",
            summary = "Rename a line, say whether it types like a person",
            description = "Names are unique within a clinic, capitals apart. When the gateway is away it hears of the"
                    + " change as soon as it is back.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.LINE_NAME_TAKEN)
    @PutMapping("/{id}")
    ResponseEntity<LineView> update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @RequestBody @Valid LineChange request) {
        return fresh(service.edit(id, expected, request.name().strip(), request.typing()));
    }

    @Operation(
            operationId = "makeWhatsAppLineDefault",
            summary = "Let messages leave on this line unless another is chosen",
            description = "What was handed to another line already stays there.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/{id}/make-default")
    ResponseEntity<LineView> makeDefault(
            @PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return fresh(service.withoutCodes(lines.makeDefault(id, expected)));
    }

    @Operation(
            operationId = "listWhatsAppLineHistory",
            summary = "What the line went through, newest first",
            description = "The last hundred changes of state.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}/history")
    LineHistory history(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new LineHistory(states.history(id));
    }

    private static ResponseEntity<LineView> fresh(LineView view) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
    }
}
