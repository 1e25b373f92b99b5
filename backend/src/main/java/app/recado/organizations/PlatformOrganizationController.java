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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the platform does with clinics, without seeing into them. */
@RestController
@Tag(name = "Platform")
@RequestMapping("/api/v1/platform/organizations/{organizationId}")
class PlatformOrganizationController {

    private final Suspensions suspensions;
    private final Usage usage;

    PlatformOrganizationController(Suspensions suspensions, Usage usage) {
        this.suspensions = suspensions;
        this.usage = usage;
    }

    /** What a clinic's plan is to include; null is without limit. */
    record PlanInput(
            @Schema(description = "What the plan is called", example = "Clínica") @OneLine @NotBlank @Size(max = 60) String plan,

            @Schema(description = "WhatsApp lines", example = "3") @Nullable @Min(0) @Max(1000) Integer lines,

            @Schema(description = "Messages that leave on one day of the clinic", example = "500")
            @Nullable @Min(0) @Max(10_000_000) Integer messagesPerDay,

            @Schema(description = "People; who is invited counts once they accept", example = "10")
            @Nullable @Min(1) @Max(100_000) Integer members,

            @Schema(description = "Files that its people upload, in megabytes", example = "2048")
            @Nullable @Min(0) @Max(100_000_000) Integer storageMegabytes) {

        Limits.Plan included() {
            return new Limits.Plan(plan.strip(), lines, messagesPerDay, members, storageMegabytes);
        }
    }

    /** Why a clinic is to be suspended. */
    record SuspensionRequest(
            @Schema(description = "Why; its people are told this word in their language") @NotNull SuspensionReason reason) {}

    @Operation(
            operationId = "suspendOrganization",
            summary = "Suspend a clinic",
            description =
                    "Its people and programs are refused with organization-suspended, open streams end, its lines are"
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
            description =
                    "Its people may work again, and the lines that ran before are started. Messages that became too"
                            + " late meanwhile stay unsent. Of a clinic that is not suspended nothing changes; one that is to be"
                            + " deleted is refused until that is taken back.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses({Problem.NOT_FOUND, Problem.ORGANIZATION_NOT_IN_THAT_STATE})
    @Idempotent(stored = false)
    @PostMapping("/reactivate")
    ResponseEntity<OrganizationView> reactivate(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(suspensions.reactivate(organizationId));
    }

    @Operation(
            operationId = "getOrganizationUsage",
            summary = "What a clinic's plan includes and how much of it is used",
            description = "Numbers only.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.NOT_FOUND)
    @GetMapping("/usage")
    UsageView usage(@PathVariable UUID organizationId) {
        return usage.of(organizationId);
    }

    @Operation(
            operationId = "setOrganizationPlan",
            summary = "Give a clinic a plan",
            description = "In place of the one it had. What a clinic uses beyond it stays, and it gets no more.")
    @Access(Allow.PLATFORM_ADMIN)
    @Refuses(Problem.NOT_FOUND)
    @PutMapping("/plan")
    UsageView setPlan(@PathVariable UUID organizationId, @Valid @RequestBody PlanInput request) {
        return usage.plan(organizationId, request.included());
    }
}
