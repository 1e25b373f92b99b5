package app.recado.organizations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the people of a clinic may do beside their roles. There is one such list, also while nobody has decided anything. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/member-permissions")
@Tag(name = "Members")
class MemberPermissionController {

    /** What a clinic decided about one permission. */
    @Schema(name = "MemberPermissionRule")
    record RuleView(
            @Schema(description = "What it allows") Permission permission,

            @Schema(description = "The roles that hold it. Owners hold all that owners may hold, and are not named")
            List<MemberRole> roles,

            @Schema(description = "Members that hold it whatever their role, as far as their role may hold it at all")
            List<UUID> grantedTo,

            @Schema(description = "Members that do not, whatever their role")
            List<UUID> withheldFrom) {

        static RuleView of(MemberRules.Decision decision) {
            return new RuleView(decision.permission(), decision.roles(), decision.granted(), decision.withheld());
        }
    }

    /** What a clinic decided about all permissions. */
    @Schema(name = "MemberPermissions")
    record PermissionsView(
            @Schema(description = "One of each permission") List<RuleView> items,

            @Schema(description = "Whether everybody needs more than a password to sign in", example = "false")
            boolean secondFactorRequired,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static PermissionsView of(MemberRules.Decisions decisions) {
            return new PermissionsView(
                    decisions.items().stream().map(RuleView::of).toList(),
                    decisions.secondFactor(),
                    decisions.version());
        }
    }

    /** What shall count for one permission. */
    @Schema(name = "MemberPermissionRuleInput")
    record RuleInput(
            @Schema(description = "What it allows") @NotNull Permission permission,

            @Schema(description = "The roles that hold it, of those that may") @NotNull @Size(max = 3) List<@NotNull MemberRole> roles,

            @Schema(description = "Members that hold it whatever their role, as far as their role may hold it at all")
            @NotNull @Size(max = 500) List<@NotNull UUID> grantedTo,

            @Schema(description = "Members that do not, whatever their role") @NotNull @Size(max = 500) List<@NotNull UUID> withheldFrom) {

        MemberRules.Decision decision() {
            return new MemberRules.Decision(
                    permission,
                    roles.stream().distinct().toList(),
                    grantedTo.stream().distinct().toList(),
                    withheldFrom.stream().distinct().toList());
        }
    }

    /** What shall count from now on. */
    @Schema(name = "MemberPermissionsInput")
    record PermissionsInput(
            @Schema(
                    description =
                            "Each permission once; one that is left out is as if nobody had ever decided about it")
            @NotNull @Size(max = 20) List<@NotNull @Valid RuleInput> items,

            @Schema(
                    description =
                            "Whether everybody needs more than a password to sign in. Who has nothing but one, the"
                                    + " caller too, is signed out and sets one up when they sign in again",
                    example = "false")
            @NotNull Boolean secondFactorRequired) {}

    private final MemberRules rules;

    MemberPermissionController(MemberRules rules) {
        this.rules = rules;
    }

    @Operation(
            operationId = "getMemberPermissions",
            summary = "What the people of the clinic may do beside their roles")
    @Access(Allow.OWNER)
    @GetMapping
    PermissionsView get(@PathVariable UUID organizationId) {
        return PermissionsView.of(rules.decisions());
    }

    @Operation(
            operationId = "changeMemberPermissions",
            summary = "Decide what the people of the clinic may do beside their roles",
            description = "It counts within two seconds, also for tokens that people have already. API clients are not"
                    + " concerned: what they may do follows from their scopes.")
    @Access(Allow.OWNER)
    @PutMapping
    PermissionsView change(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody PermissionsInput body) {
        return PermissionsView.of(rules.decide(
                expected, body.items().stream().map(RuleInput::decision).toList(), body.secondFactorRequired()));
    }
}
