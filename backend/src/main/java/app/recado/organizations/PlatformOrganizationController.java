package app.recado.organizations;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the platform does with clinics, without seeing into them. */
@RestController
@Tag(name = "Platform")
@RequestMapping("/api/v1/platform/organizations/{organizationId}")
class PlatformOrganizationController {

    private final Suspensions suspensions;

    PlatformOrganizationController(Suspensions suspensions) {
        this.suspensions = suspensions;
    }

    /** Why a clinic is to be suspended. */
    record SuspensionRequest(
            @Schema(description = "Why; its people are told this word in their language") @NotNull SuspensionReason reason) {}

    @Operation(
            operationId = "suspendOrganization",
            summary = "Suspend a clinic",
            description = "Its people and programs are refused with organization-suspended, open streams end, its lines are"
                    + " stopped and its booking page is gone; nothing is deleted. Counts everywhere within seconds. A clinic"
                    + " that is suspended already stays so for its first reason.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses({Problem.NOT_FOUND, Problem.ORGANIZATION_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/suspend")
    ResponseEntity<OrganizationView> suspend(
            @PathVariable UUID organizationId, @Valid @RequestBody SuspensionRequest request) {
        return ResponseEntity.ok(suspensions.suspend(organizationId, request.reason()));
    }

    @Operation(
            operationId = "reactivateOrganization",
            summary = "End a clinic's suspension",
            description = "Its people may work again, and the lines that ran before are started. Messages that became too"
                    + " late meanwhile stay unsent. Of a clinic that is not suspended nothing changes.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.NOT_FOUND)
    @Idempotent(stored = false)
    @PostMapping("/reactivate")
    ResponseEntity<OrganizationView> reactivate(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(suspensions.reactivate(organizationId));
    }
}
