package app.recado.booking;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pre-registrations as staff make and follow them. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/preregistrations")
@Tag(name = "Pre-registration")
class PreregistrationController {

    private final Preregistrations preregistrations;
    private final PreregistrationCards cards;
    private final PatientReads reads;

    PreregistrationController(Preregistrations preregistrations, PreregistrationCards cards, PatientReads reads) {
        this.preregistrations = preregistrations;
        this.cards = cards;
        this.reads = reads;
    }

    /**
     * A link to make.
     *
     * @param patientId who completes their card
     * @param send true: it is sent over WhatsApp; false: staff copy it
     */
    @Schema(name = "PreregistrationInput")
    record NewPreregistration(
            @NotNull UUID patientId, @NotNull Boolean send) {}

    /**
     * What staff decide about what differs.
     *
     * @param accept what is taken over from the patient; everything else stays as staff wrote it
     */
    @Schema(name = "PreregistrationDecision")
    record Decision(@NotNull @Size(max = 8) List<@NotNull PreregistrationDetail> accept) {}

    @Operation(
            operationId = "listPreregistrations",
            summary = "Links by which a patient completes their card",
            description = "The newest twenty.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_UNKNOWN)
    @GetMapping
    PreregistrationViews.ViewList list(
            @PathVariable UUID organizationId, @Parameter(description = "Whose") @RequestParam UUID patientId) {
        var found = cards.of(patientId);
        reads.shown(PatientPart.RECORD, patientId);
        return new PreregistrationViews.ViewList(found);
    }

    @Operation(
            operationId = "createPreregistration",
            summary = "Have a patient complete their card",
            description =
                    "The link counts for seven days and is answered once; one that was made before counts no more. Sent"
                            + " as staff's own messages are: not to somebody who wants none.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.PATIENT_UNKNOWN, Problem.WINDOW_CLOSED, Problem.LINE_UNKNOWN, Problem.PUBLIC_ADDRESS_MISSING})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<PreregistrationViews.View> create(
            @PathVariable UUID organizationId, @Valid @RequestBody NewPreregistration body) {
        var made = preregistrations.begin(
                body.patientId(), body.send(), Caller.current().subject());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/preregistrations/%s".formatted(organizationId, made.id())))
                .body(cards.view(made.id()));
    }

    @Operation(operationId = "getPreregistration", summary = "One link, and what the patient said")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}")
    PreregistrationViews.View get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var one = cards.view(id);
        reads.shown(PatientPart.RECORD, one.patientId());
        return one;
    }

    @Operation(
            operationId = "sendPreregistration",
            summary = "Send a link over WhatsApp",
            description = "Also once more; it then counts for seven days from now.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({
        Problem.PREREGISTRATION_CLOSED,
        Problem.WINDOW_CLOSED,
        Problem.LINE_UNKNOWN,
        Problem.PUBLIC_ADDRESS_MISSING,
        Problem.INVALID_FIELDS,
        Problem.PATIENT_UNKNOWN
    })
    @Idempotent
    @PostMapping("/{id}/send")
    ResponseEntity<PreregistrationViews.View> send(@PathVariable UUID organizationId, @PathVariable UUID id) {
        preregistrations.sendAgain(id, Caller.current().subject());
        return ResponseEntity.ok(cards.view(id));
    }

    @Operation(operationId = "revokePreregistration", summary = "Take a link back; it counts no more at once")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PREREGISTRATION_CLOSED)
    @PostMapping("/{id}/revoke")
    PreregistrationViews.View revoke(
            @PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return cards.view(preregistrations.revoke(id, expected).id());
    }

    @Operation(
            operationId = "resolvePreregistration",
            summary = "Decide about what the patient says otherwise",
            description = "What is named is taken over, all else stays as it is; afterwards nothing differs.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.IDENTIFIER_TAKEN, Problem.PATIENT_UNKNOWN})
    @PostMapping("/{id}/resolve")
    PreregistrationViews.View resolve(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Decision body) {
        return cards.view(preregistrations
                .resolve(
                        id,
                        expected,
                        Set.copyOf(body.accept()),
                        Caller.current().subject())
                .id());
    }
}
