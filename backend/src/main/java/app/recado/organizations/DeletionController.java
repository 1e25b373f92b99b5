package app.recado.organizations;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An owner has the clinic deleted. */
@RestController
@Tag(name = "Organizations")
@RequestMapping("/api/v1/organizations/{organizationId}/deletion")
class DeletionController {

    private final Deletions deletions;

    DeletionController(Deletions deletions) {
        this.deletions = deletions;
    }

    /** That a clinic is to be deleted, said by whoever can name it. */
    @Schema(name = "DeletionRequest")
    record DeletionRequest(
            @Schema(description = "What the clinic is called, as its settings have it", example = "Clínica Norte")
            @OneLine
            @NotBlank @Size(max = 100) String name) {}

    @Operation(operationId = "getDeletion", summary = "Whether the clinic is to be deleted, and when")
    @Access(value = Allow.OWNER, whileSuspended = true)
    @GetMapping
    DeletionView get(@PathVariable UUID organizationId) {
        return deletions.of(organizationId);
    }

    @Operation(
            operationId = "requestDeletion",
            summary = "Have the clinic deleted",
            description =
                    "It is suspended at once. When the grace is over everything of it is deleted for good: records, files,"
                            + " audit trail, lines, and the accounts of people who work nowhere else. Until then an owner or the"
                            + " platform takes it back. Export the clinic first; while it is suspended nobody can.")
    @Access(Allow.OWNER)
    @Refuses({Problem.LEGAL_HOLD, Problem.ORGANIZATION_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/request")
    ResponseEntity<DeletionView> request(
            @PathVariable UUID organizationId, @Valid @RequestBody DeletionRequest request) {
        return ResponseEntity.ok(deletions.request(organizationId, request.name(), Deletions.By.OWNER));
    }

    @Operation(
            operationId = "withdrawDeletion",
            summary = "Keep the clinic after all",
            description = "Its people may work again and its lines are started, as before the request.")
    @Access(value = Allow.OWNER, whileSuspended = true)
    @Refuses(Problem.ORGANIZATION_NOT_IN_THAT_STATE)
    @Idempotent(stored = false)
    @PostMapping("/withdraw")
    ResponseEntity<DeletionView> withdraw(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(deletions.withdraw(organizationId));
    }
}
