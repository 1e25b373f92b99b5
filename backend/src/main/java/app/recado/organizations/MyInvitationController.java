package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.Invitations.Invitation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Invitations as those see them who are invited. What was sent to another address, is over or never was is the same
 * {@code not-found}: the link of a mail opens nothing for anybody else.
 */
@RestController
@RequestMapping("/api/v1/me/invitations/{organizationId}/{invitationId}")
@Tag(name = "Me")
class MyInvitationController {

    /**
     * An invitation to the caller.
     *
     * @param organizationName the clinic
     * @param alias the clinic's short name, part of its addresses in the console
     * @param invitedBy name of the owner who invites
     * @param roles what the caller will be there
     * @param expiresAt until when it can be accepted, in UTC
     */
    record MyInvitation(
            String organizationName, String alias, String invitedBy, Set<MemberRole> roles, Instant expiresAt) {}

    private final Invitations invitations;
    private final Membership membership;
    private final Limits limits;
    private final SuspendedOrganizations suspended;
    private final Register register;
    private final TransactionTemplate transaction;

    MyInvitationController(
            Invitations invitations,
            Membership membership,
            Limits limits,
            SuspendedOrganizations suspended,
            Register register,
            TransactionTemplate transaction) {
        this.invitations = invitations;
        this.membership = membership;
        this.limits = limits;
        this.suspended = suspended;
        this.register = register;
        this.transaction = transaction;
    }

    @Operation(
            operationId = "getMyInvitation",
            summary = "What the signed-in person is invited to",
            description = "Only for the address the mail went to, which the account must have verified.")
    @Access(Allow.SIGNED_IN)
    @GetMapping
    MyInvitation get(@PathVariable UUID organizationId, @PathVariable UUID invitationId) {
        return CurrentOrganization.get(organizationId, () -> {
            var mine = mine(invitationId);
            var clinic = Objects.requireNonNull(transaction.execute(status -> register.find(organizationId)))
                    .orElseThrow(Invitations::unknown);
            return new MyInvitation(
                    clinic.name(), clinic.alias(), mine.inviter().name(), mine.roles(), mine.expiresAt());
        });
    }

    @Operation(
            operationId = "acceptInvitation",
            summary = "Makes the signed-in person a member of the clinic",
            description =
                    "The invitation counts as long as whoever sent it is an owner, and the clinic's plan has room for"
                            + " another member. The caller's next access token names the clinic.")
    @Access(Allow.SIGNED_IN)
    @Refuses({
        Problem.ACCOUNT_PROTECTED,
        Problem.ORGANIZATION_SUSPENDED,
        Problem.LIMIT_REACHED,
        Problem.IDENTITY_UNAVAILABLE
    })
    @PostMapping("/accept")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(@PathVariable UUID organizationId, @PathVariable UUID invitationId) {
        CurrentOrganization.run(organizationId, () -> {
            var mine = mine(invitationId);
            suspended.refuseSuspended(organizationId);
            var account = UUID.fromString(Caller.current().subject());
            admit(organizationId, account);
            membership.accept(
                    organizationId, account, mine.roles(), mine.inviter().subject());
            invitations.close(invitationId);
        });
    }

    @Operation(operationId = "declineInvitation", summary = "Refuses the invitation; nobody is told")
    @Access(Allow.SIGNED_IN)
    @PostMapping("/decline")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decline(@PathVariable UUID organizationId, @PathVariable UUID invitationId) {
        CurrentOrganization.run(organizationId, () -> {
            mine(invitationId);
            invitations.close(invitationId);
        });
    }

    /** Whoever belongs to the clinic already takes nobody's place: the acceptance is repeated after it broke off. */
    private void admit(UUID organization, UUID account) {
        if (limits.most(Limit.MEMBERS).isEmpty()) {
            return;
        }
        var members = membership.list(organization);
        if (members.stream().noneMatch(member -> member.account().id().equals(account))) {
            limits.admit(Limit.MEMBERS, members.size() + 1L);
        }
    }

    private Invitation mine(UUID invitationId) {
        var email = Caller.current().verifiedEmail();
        return invitations
                .open(invitationId)
                .filter(invitation -> email != null && invitation.isFor(email))
                .orElseThrow(Invitations::unknown);
    }
}
