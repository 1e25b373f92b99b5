package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.keycloak.OrganizationDirectory;
import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedClinics;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import app.recado.kernel.migration.RowRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * People of the optician's practice manager. The first owner of a clinic has an account since it was onboarded, everybody
 * else is invited; both choose a password of their own by the link of a mail. Passwords and their hashes stay behind.
 */
@Component
class OpticianUsers implements MigratedTable {

    private static final Map<String, MemberRole> ROLES = Map.ofEntries(
            Map.entry("owner", MemberRole.OWNER),
            Map.entry("admin", MemberRole.OWNER),
            Map.entry("administrator", MemberRole.OWNER),
            Map.entry("administrador", MemberRole.OWNER),
            Map.entry("receptionist", MemberRole.RECEPTIONIST),
            Map.entry("recepcionista", MemberRole.RECEPTIONIST),
            Map.entry("secretary", MemberRole.RECEPTIONIST),
            Map.entry("user", MemberRole.RECEPTIONIST),
            Map.entry("practitioner", MemberRole.PRACTITIONER),
            Map.entry("optometrist", MemberRole.PRACTITIONER),
            Map.entry("optometrista", MemberRole.PRACTITIONER),
            Map.entry("optician", MemberRole.PRACTITIONER),
            Map.entry("doctor", MemberRole.PRACTITIONER));

    private final Membership membership;
    private final Invitations invitations;
    private final OrganizationDirectory identity;
    private final RowRules rules;

    OpticianUsers(Membership membership, Invitations invitations, OrganizationDirectory identity, RowRules rules) {
        this.membership = membership;
        this.invitations = invitations;
        this.identity = identity;
        this.rules = rules;
    }

    /** What somebody may do here; empty for a word that is no role. */
    static Optional<MemberRole> role(ExternalRow person) {
        var word = person.text("role");
        return word == null ? Optional.empty() : Optional.ofNullable(ROLES.get(word.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String kind() {
        return "users";
    }

    @Override
    public String table() {
        return MigratedClinics.PEOPLE;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Set<String> columns() {
        return Set.of("email", "first_name", "last_name", "role");
    }

    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        var role = role(row).orElseThrow(() -> row.refused("role", "unknown-value"));
        var request = rules.kept(new InvitationController.NewInvitation(
                row.required("email"), row.required("first_name"), row.required("last_name"), Set.of(role), null));
        var owner = relations.owner();
        if (row.id().equals(owner.id())) {
            return relations.rehearsal() ? Ids.next() : account(row);
        }
        var inviter = new Invitations.Inviter(
                (relations.rehearsal() ? Ids.next() : account(owner)).toString(),
                owner.required("first_name") + " " + owner.required("last_name"));
        return invitations
                .invite(
                        new Invitations.Invitee(request.email(), request.givenName(), request.familyName()),
                        List.of(role),
                        null,
                        inviter)
                .id();
    }

    private UUID account(ExternalRow person) {
        return identity.findByEmail(person.required("email"))
                .orElseThrow(() -> Problem.IDENTITY_UNAVAILABLE.because("The owner's account is not there yet"))
                .id();
    }

    /** Members and invited people; a rehearsal does not ask the identity server, which may not know the clinic yet. */
    @Override
    public long present(boolean rehearsal) {
        int members = rehearsal ? 0 : membership.list(CurrentOrganization.id()).size();
        return members + (long) invitations.list().size();
    }
}
