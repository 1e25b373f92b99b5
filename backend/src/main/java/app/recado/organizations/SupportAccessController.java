package app.recado.organizations;

import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Letting the platform's support look into the clinic. */
@RestController
@Tag(name = "Organizations")
@RequestMapping("/api/v1/organizations/{organizationId}/support-access")
class SupportAccessController {

    private final SupportAccesses accesses;

    SupportAccessController(SupportAccesses accesses) {
        this.accesses = accesses;
    }

    /** For how long support may look. */
    record SupportAccessRequest(
            @Schema(description = "Hours from now on", example = "4") @NotNull @Min(1) @Max(72) Integer hours) {}

    @Operation(operationId = "getSupportAccess", summary = "Whether the platform's support may look into the clinic")
    @Access(Allow.OWNER)
    @GetMapping
    SupportAccesses.SupportAccess get(@PathVariable UUID organizationId) {
        return accesses.current();
    }

    @Operation(
            operationId = "grantSupportAccess",
            summary = "Let the platform's support look into the clinic for some hours",
            description = "It reads the agenda, patients, messages and settings as a program with reading scopes does,"
                    + " without phones and e-mails, and changes nothing. Everybody in the clinic sees that it may, and"
                    + " each look at a patient is recorded. Counts in place of what was granted before.")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/grant")
    ResponseEntity<SupportAccesses.SupportAccess> grant(
            @PathVariable UUID organizationId, @Valid @RequestBody SupportAccessRequest request) {
        return ResponseEntity.ok(accesses.grant(Duration.ofHours(request.hours())));
    }

    @Operation(
            operationId = "revokeSupportAccess",
            summary = "End support's access at once",
            description = "Counts from its next request on.")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/revoke")
    ResponseEntity<SupportAccesses.SupportAccess> revoke(@PathVariable UUID organizationId) {
        return ResponseEntity.ok(accesses.revoke());
    }
}
