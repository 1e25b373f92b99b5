package app.recado.organizations;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.DeletionController.DeletionRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The platform has clinics deleted. */
@RestController
@Tag(name = "Platform")
@RequestMapping("/api/v1/platform/organizations/{organizationId}/deletion")
class PlatformDeletionController {

    private final Deletions deletions;

    PlatformDeletionController(Deletions deletions) {
        this.deletions = deletions;
    }

    @Operation(operationId = "getOrganizationDeletion", summary = "Whether a clinic is to be deleted, and when")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.NOT_FOUND)
    @GetMapping
    DeletionView get(@PathVariable UUID organizationId) {
        return deletions.of(organizationId);
    }

    @Operation(
            operationId = "requestOrganizationDeletion",
            summary = "Have a clinic deleted",
            description =
                    "As its owner may. It is suspended at once, and deleted for good when the grace is over; until then its"
                            + " owner or the platform takes it back.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses({Problem.NOT_FOUND, Problem.LEGAL_HOLD, Problem.ORGANIZATION_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/request")
    ResponseEntity<DeletionView> request(
            @PathVariable UUID organizationId, @Valid @RequestBody DeletionRequest request) {
        return ResponseEntity.ok(deletions.request(organizationId, request.name(), Deletions.By.PLATFORM));
    }

    @Operation(
            operationId = "withdrawOrganizationDeletion",
            summary = "Keep a clinic after all",
            description = "One that was suspended for another reason before stays suspended for that one.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses({Problem.NOT_FOUND, Problem.ORGANIZATION_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/withdraw")
    ResponseEntity<DeletionView> withdraw(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(deletions.withdraw(organizationId));
    }
}
