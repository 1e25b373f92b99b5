package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people of a clinic; others are invited ({@link InvitationController}). Nothing here changes an account: e-mail and credentials belong to the person. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/members")
@Tag(name = "Members")
class MemberController {

    /**
     * A person of the clinic.
     *
     * @param you true for the caller's own membership
     */
    record MemberView(UUID id, @Nullable String email, String name, Set<MemberRole> roles, boolean you) {}

    /** All members of one clinic, by name. */
    record Members(List<MemberView> items) {}

    /** The roles a member shall have from now on. */
    record Roles(@NotEmpty Set<MemberRole> roles) {}

    private final Membership membership;

    MemberController(Membership membership) {
        this.membership = membership;
    }

    @Operation(operationId = "listMembers", summary = "The people of the clinic")
    @Access(Allow.OWNER)
    @Refuses(Problem.IDENTITY_UNAVAILABLE)
    @GetMapping
    Members list(@PathVariable UUID organizationId) {
        return new Members(membership.list(CurrentOrganization.id()).stream()
                .map(MemberController::view)
                .sorted(Comparator.comparing(MemberView::name))
                .toList());
    }

    @Operation(operationId = "changeMemberRoles", summary = "Changes what a member may do")
    @Access(Allow.OWNER)
    @Refuses({Problem.ACCOUNT_PROTECTED, Problem.LAST_OWNER, Problem.IDENTITY_UNAVAILABLE})
    @PutMapping("/{memberId}/roles")
    MemberView changeRoles(
            @PathVariable UUID organizationId, @PathVariable UUID memberId, @Valid @RequestBody Roles request) {
        membership.checkStillOwner(CurrentOrganization.id(), Caller.current().subject());
        return view(membership.changeRoles(CurrentOrganization.id(), memberId, request.roles()));
    }

    @Operation(operationId = "removeMember", summary = "Ends a membership; the person's account stays")
    @Access(Allow.OWNER)
    @Refuses({Problem.ACCOUNT_PROTECTED, Problem.LAST_OWNER, Problem.IDENTITY_UNAVAILABLE})
    @DeleteMapping("/{memberId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID organizationId, @PathVariable UUID memberId) {
        membership.checkStillOwner(CurrentOrganization.id(), Caller.current().subject());
        membership.remove(CurrentOrganization.id(), memberId);
    }

    @Operation(
            operationId = "signMemberOut",
            summary = "Signs a member out wherever they are signed in",
            description = "For a lost phone. Their tokens count no more within two seconds; they stay a member.")
    @Access(Allow.OWNER)
    @Refuses({Problem.ACCOUNT_PROTECTED, Problem.IDENTITY_UNAVAILABLE})
    @DeleteMapping("/{memberId}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(@PathVariable UUID organizationId, @PathVariable UUID memberId) {
        membership.checkStillOwner(CurrentOrganization.id(), Caller.current().subject());
        membership.signOut(CurrentOrganization.id(), memberId);
    }

    private static MemberView view(Membership.Member member) {
        var account = member.account();
        return new MemberView(
                account.id(),
                account.email(),
                account.name(),
                member.roles(),
                account.id().toString().equals(Caller.current().subject()));
    }
}
