package app.recado.organizations;

import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Holding a clinic's records for a legal matter, whatever their age. */
@RestController
@Tag(name = "Organizations")
@RequestMapping("/api/v1/organizations/{organizationId}/legal-hold")
class LegalHoldController {

    private final LegalHolds holds;

    LegalHoldController(LegalHolds holds) {
        this.holds = holds;
    }

    @Operation(operationId = "getLegalHold", summary = "Whether the clinic's records are held for a legal matter")
    @Access(Allow.OWNER)
    @GetMapping
    LegalHolds.LegalHold get(@PathVariable UUID organizationId) {
        return holds.current();
    }

    @Operation(
            operationId = "beginLegalHold",
            summary = "Hold the clinic's records: nothing is deleted for its age any more",
            description = "Messages, what patients wrote, media and technical records. Counts from the next batch on.")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/begin")
    ResponseEntity<LegalHolds.LegalHold> begin(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(holds.set(true));
    }

    @Operation(operationId = "endLegalHold", summary = "End the hold: what is too old goes with the next hourly run")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/end")
    ResponseEntity<LegalHolds.LegalHold> end(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(holds.set(false));
    }
}
