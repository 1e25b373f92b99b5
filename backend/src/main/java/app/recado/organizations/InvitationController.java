package app.recado.organizations;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.Invitations.Invitation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invitations as owners see them. Nothing here says whether somebody has an account. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/invitations")
@Tag(name = "Members")
class InvitationController {

    /**
     * An invitation that nobody has accepted yet.
     *
     * @param id identifies the invitation
     * @param email where it was sent
     * @param name as the inviter wrote it
     * @param roles what the person will be once they accept
     * @param language of the mail
     * @param invitedBy name of the owner who invites
     * @param state {@code pending}, or {@code expired} until it is sent again
     * @param createdAt when the person was first invited, in UTC
     * @param sentAt when the last mail left, in UTC; null while it is on its way
     * @param expiresAt until when it can be accepted, in UTC
     */
    record InvitationView(
            UUID id,
            String email,
            String name,
            Set<MemberRole> roles,
            @Schema(allowableValues = {"es", "en", "pt-BR"}) String language,
            String invitedBy,

            @Schema(allowableValues = {"pending", "expired"})
            String state,

            Instant createdAt,
            @Nullable Instant sentAt,
            Instant expiresAt) {}

    /** All invitations of one clinic, the oldest first. */
    record InvitationList(List<InvitationView> items) {}

    /**
     * Somebody to invite.
     *
     * @param givenName used only when there is no account with this address yet
     * @param familyName used only when there is no account with this address yet
     * @param roles what they will be once they accept
     * @param language of the mail; left out, the clinic's
     */
    record NewInvitation(
            @NotBlank @Email(regexp = "[\\x21-\\x7e]+@[\\x21-\\x7e]+") @Size(max = 254) String email,

            @OneLine @NotBlank @PersonName @Size(max = 100) String givenName,
            @OneLine @NotBlank @PersonName @Size(max = 100) String familyName,
            @NotEmpty Set<MemberRole> roles,
            @Nullable @Pattern(regexp = "es|en|pt-BR") String language) {}

    private final Invitations invitations;
    private final Clock clock;

    InvitationController(Invitations invitations, Clock clock) {
        this.invitations = invitations;
        this.clock = clock;
    }

    @Operation(operationId = "listInvitations", summary = "Invitations that nobody has accepted yet")
    @Access(Allow.OWNER)
    @GetMapping
    InvitationList list(@PathVariable UUID organizationId) {
        return new InvitationList(invitations.list().stream().map(this::view).toList());
    }

    @Operation(
            operationId = "inviteMember",
            summary = "Invites a person by e-mail",
            description =
                    "The answer is the same whether the address has an account or not. Somebody who is invited already is invited anew, with these roles and another mail.")
    @Access(Allow.OWNER)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<InvitationView> invite(
            @PathVariable UUID organizationId, @Valid @RequestBody NewInvitation request) {
        var invitation = invitations.invite(
                new Invitations.Invitee(
                        request.email(),
                        request.givenName().strip(),
                        request.familyName().strip()),
                request.roles(),
                request.language(),
                inviter());
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/invitations/%s".formatted(organizationId, invitation.id())))
                .body(view(invitation));
    }

    @Operation(
            operationId = "resendInvitation",
            summary = "Sends the mail again; the invitation's seven days begin anew")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/{invitationId}/resend")
    ResponseEntity<InvitationView> resend(@PathVariable UUID organizationId, @PathVariable UUID invitationId) {
        return ResponseEntity.ok(view(invitations.resend(invitationId, inviter())));
    }

    @Operation(operationId = "revokeInvitation", summary = "Takes an invitation back")
    @Access(Allow.OWNER)
    @Refuses(Problem.NOT_FOUND)
    @DeleteMapping("/{invitationId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID organizationId, @PathVariable UUID invitationId) {
        if (!invitations.close(invitationId)) {
            throw Invitations.unknown();
        }
    }

    private static Invitations.Inviter inviter() {
        var caller = Caller.current();
        return new Invitations.Inviter(caller.subject(), Objects.requireNonNullElseGet(caller.name(), () -> "Recado"));
    }

    private InvitationView view(Invitation invitation) {
        var invitee = invitation.invitee();
        return new InvitationView(
                invitation.id(),
                invitee.email(),
                invitee.givenName() + " " + invitee.familyName(),
                invitation.roles(),
                invitation.language(),
                invitation.inviter().name(),
                clock.instant().isBefore(invitation.expiresAt()) ? "pending" : "expired",
                invitation.createdAt(),
                invitation.sentAt(),
                invitation.expiresAt());
    }
}
