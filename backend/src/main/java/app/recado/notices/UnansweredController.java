package app.recado.notices;

import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
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

/** Whom somebody has to call, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Notices")
class UnansweredController {

    private static final int MOST_DAYS = 31;

    private final UnansweredVisits visits;
    private final PatientReads reads;

    UnansweredController(UnansweredVisits visits, PatientReads reads) {
        this.visits = visits;
        this.reads = reads;
    }

    /** Visits without an answer. @param items 300 at most */
    @Schema(name = "UnansweredVisits")
    record UnansweredList(List<UnansweredVisit> items) {}

    /**
     * A call that was made.
     *
     * @param outcome what came of it
     * @param nextTryAt when to call again; left out or null when nobody says
     */
    @Schema(name = "CallAttemptInput")
    record Call(@NotNull CallOutcome outcome, @Nullable Instant nextTryAt) {}

    /**
     * A call that was noted.
     *
     * @param id the call
     * @param appointmentId the visit it was about
     * @param outcome what came of it
     * @param at when it was noted
     * @param nextTryAt when to call again; null when nobody said
     */
    @Schema(name = "CallAttempt")
    record CallView(
            UUID id,
            UUID appointmentId,
            CallOutcome outcome,
            Instant at,
            @Nullable Instant nextTryAt) {}

    @Operation(
            operationId = "listUnansweredVisits",
            summary = "Visits of the coming days whose patients were told and have not answered",
            description = "Also where the message could not be sent. Those to be called again come first, by that time;"
                    + " then by the time of the visit. What the patient says on the phone is recorded on the visit.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/unanswered-visits")
    UnansweredList list(
            @PathVariable UUID organizationId,
            @Parameter(description = "How many days ahead") @RequestParam(defaultValue = "7") @Min(1) @Max(MOST_DAYS) int days) {
        var found = visits.list(days);
        reads.shown(
                PatientPart.VISITS,
                found.stream().map(visit -> visit.patient().id()).collect(Collectors.toSet()));
        return new UnansweredList(found);
    }

    @Operation(
            operationId = "noteCallAttempt",
            summary = "Note a call about a visit, and when to try again",
            description = "Calls are kept as they were noted.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/appointments/{id}/call-attempts")
    ResponseEntity<CallView> call(
            @PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody Call body) {
        var made = visits.called(id, body.outcome(), body.nextTryAt());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/appointments/%s".formatted(organizationId, id)))
                .body(new CallView(made.id(), id, body.outcome(), made.at(), body.nextTryAt()));
    }
}
