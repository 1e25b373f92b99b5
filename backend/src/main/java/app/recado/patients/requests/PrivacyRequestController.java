package app.recado.patients.requests;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/** What patients asked about their data, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/privacy-requests")
@Tag(name = "Patients")
class PrivacyRequestController {

    private final PrivacyRequests requests;

    PrivacyRequestController(PrivacyRequests requests) {
        this.requests = requests;
    }

    /**
     * What a patient asked.
     *
     * @param patientId who asked, or for whom somebody did
     * @param kind what they asked for
     * @param receivedOn the clinic's day on which it came; left out, today
     * @param note what they said, in words
     */
    @Schema(name = "PrivacyRequestInput")
    record NewRequest(
            @NotNull UUID patientId,
            @NotNull RequestKind kind,
            @Schema(example = "2026-11-24") @Nullable LocalDate receivedOn,

            @Schema(example = "Pide una copia para otro médico") @Size(max = 1000) @Nullable String note) {}

    /**
     * What became of a request.
     *
     * @param reason what the patient was answered
     */
    @Schema(name = "PrivacyRequestAnswer")
    record Closing(
            @Schema(example = "Se le envió la copia por correo") @Size(max = 1000) @Nullable String reason) {}

    /**
     * Why a request is refused.
     *
     * @param reason what the patient was answered
     */
    @Schema(name = "PrivacyRequestRefusal")
    record Refusal(
            @Schema(example = "La historia clínica se conserva diez años") @NotNull @Size(min = 1, max = 1000) String reason) {}

    @Operation(
            operationId = "listPrivacyRequests",
            summary = "What patients asked about their data",
            description = "Open ones, those due first; or closed ones, the latest first.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping
    Page<PrivacyRequestView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "True for those that were answered; left out, open ones")
                    @RequestParam(defaultValue = "false")
                    boolean closed,
            @Parameter(description = "Of one patient; left out, of all") @RequestParam(required = false) @Nullable UUID patientId,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return requests.list(closed, patientId, limit, cursor);
    }

    @Operation(
            operationId = "createPrivacyRequest",
            summary = "Write down what a patient asked about their data",
            description =
                    "When it is due follows from the law of the clinic's country and stays as it is: term says how.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_UNKNOWN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<PrivacyRequestView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewRequest body) {
        var request = requests.add(body.patientId(), body.kind(), body.receivedOn(), body.note());
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/privacy-requests/%s".formatted(organizationId, request.id())))
                .body(request);
    }

    @Operation(operationId = "getPrivacyRequest", summary = "One request")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}")
    PrivacyRequestView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return requests.get(id);
    }

    @Operation(
            operationId = "completePrivacyRequest",
            summary = "Say that a request was answered as it was asked",
            description =
                    "Does nothing else: the copy or the correction is made by people. A request to be erased or"
                            + " restricted is answered by doing that to the patient, and not like this (privacy-request-not-carried-out).")
    @Access(Allow.OWNER)
    @Refuses({Problem.PRIVACY_REQUEST_CLOSED, Problem.PRIVACY_REQUEST_NOT_CARRIED_OUT})
    @PostMapping("/{id}/complete")
    PrivacyRequestView complete(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Closing body) {
        return requests.close(id, expected, RequestState.DONE, body.reason());
    }

    @Operation(operationId = "refusePrivacyRequest", summary = "Say that a request is not done, and why")
    @Access(Allow.OWNER)
    @Refuses(Problem.PRIVACY_REQUEST_CLOSED)
    @PostMapping("/{id}/refuse")
    PrivacyRequestView refuse(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Refusal body) {
        return requests.close(id, expected, RequestState.REFUSED, body.reason());
    }
}
