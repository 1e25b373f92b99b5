package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.keycloak.OrganizationDirectory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who belongs to a clinic and as what. It joins, leaves and changes roles; it never changes an account, because the person
 * may work for other clinics too, and never accepts a platform admin's account, because a clinic must not gain a hold on it.
 */
@Service
class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /** A member as the identity server knows them. */
    record Member(OrganizationDirectory.Account account, Set<MemberRole> roles) {}

    static final String PLATFORM_ADMIN = "platform_admin";

    private final OrganizationDirectory identity;
    private final IdentitySettings settings;
    private final MemberRules rules;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    Membership(
            OrganizationDirectory identity,
            IdentitySettings settings,
            MemberRules rules,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.identity = identity;
        this.settings = settings;
        this.rules = rules;
        this.transaction = transaction;
        this.events = events;
    }

    List<Member> list(UUID organization) {
        var holders = holders(organization);
        var members = new ArrayList<Member>();
        for (var account : identity.members(organization)) {
            members.add(new Member(account, rolesOf(account.id(), holders)));
        }
        return members;
    }

    /**
     * Makes somebody the first owner of a clinic that is being onboarded, creating an account when there is none; a new
     * person is asked by e-mail to choose a password. Repeating it finishes a try that stopped halfway. Everybody else is
     * invited ({@link Invitations}).
     */
    void addFirstOwner(
            UUID organization, String clinic, String email, String givenName, String familyName, String locale) {
        var known = identity.findByEmail(email);
        var account = known.orElseGet(() -> identity.create(email, givenName, familyName, locale));
        protect(account.id());
        identity.join(organization, account.id());
        identity.grant(organization, account.id(), MemberRole.OWNER.wireName());
        if (known.isEmpty() && !sendFirstEmail(account.id(), InvitationNotice.ofFirstOwner(clinic, locale))) {
            // The account and its membership stand; "forgot password" on the sign-in page sends the same mail later.
            LOG.warn("The first e-mail to account {} could not be sent", account.id());
        }
    }

    /**
     * Makes an account a member that accepted an invitation. Repeated, it only adds what is missing.
     *
     * @param inviter account of the owner who invited: somebody who is no owner any more lets nobody in
     * @throws app.recado.kernel.ProblemException {@code not-found} when the inviter is no owner, {@code account-protected}
     */
    void accept(UUID organization, UUID account, Set<MemberRole> roles, String inviter) {
        if (!isOwner(organization, inviter)) {
            throw Invitations.unknown();
        }
        protect(account);
        identity.join(organization, account);
        for (var role : roles) {
            identity.grant(organization, account, role.wireName());
        }
        changed(organization, account, Set.of(), roles);
        rules.joined(organization);
    }

    Member changeRoles(UUID organization, UUID accountId, Set<MemberRole> wanted) {
        var account = memberOf(organization, accountId);
        protect(accountId);
        var holders = holders(organization);
        if (!wanted.contains(MemberRole.OWNER)) {
            keepAnOwner(holders, accountId);
        }
        for (var role : wanted) {
            identity.grant(organization, accountId, role.wireName());
        }
        for (var role : EnumSet.complementOf(EnumSet.copyOf(wanted))) {
            identity.revoke(organization, accountId, role.wireName());
        }
        if (!wanted.contains(MemberRole.OWNER)) {
            restoreIfNoneIsLeft(organization, accountId);
        }
        var before = rolesOf(accountId, holders);
        changed(organization, accountId, before, wanted);
        if (!wanted.containsAll(before)) {
            // Their tokens say the former roles for minutes; they renew them and say the new ones.
            rules.refuseTokensSignedSoFar(organization, accountId.toString());
        }
        return new Member(account, rolesOf(accountId, holders(organization)));
    }

    void remove(UUID organization, UUID accountId) {
        memberOf(organization, accountId);
        protect(accountId);
        var holders = holders(organization);
        keepAnOwner(holders, accountId);
        identity.leave(organization, accountId);
        restoreIfNoneIsLeft(organization, accountId);
        changed(organization, accountId, rolesOf(accountId, holders), Set.of());
        rules.refuseTokensSignedSoFar(organization, accountId.toString());
    }

    /**
     * Signs a member out wherever they are signed in, for a lost phone or a shared desk. Elsewhere than in this clinic they
     * lose nothing but the trouble of signing in again.
     */
    void signOut(UUID organization, UUID accountId) {
        memberOf(organization, accountId);
        protect(accountId);
        identity.endSessions(accountId.toString());
        CurrentOrganization.run(
                organization,
                () -> transaction.executeWithoutResult(status -> events.publishEvent(new MemberSignedOut(accountId))));
        rules.refuseTokensSignedSoFar(organization, accountId.toString());
    }

    /** Written down once the identity server has done it: it knows no transaction of ours. */
    private void changed(UUID organization, UUID account, Set<MemberRole> before, Set<MemberRole> after) {
        CurrentOrganization.run(
                organization,
                () -> transaction.executeWithoutResult(
                        status -> events.publishEvent(new MemberRolesChanged(account, before, after))));
    }

    /**
     * Tokens outlive a role by some minutes. Whoever changes members must be an owner at this moment, so that somebody who
     * was just removed cannot take the clinic back.
     *
     * @throws app.recado.kernel.ProblemException {@code forbidden}
     */
    void checkStillOwner(UUID organization, String subject) {
        if (!isOwner(organization, subject)) {
            throw Problem.FORBIDDEN.because("You are no longer an owner of this clinic");
        }
    }

    private boolean isOwner(UUID organization, String subject) {
        return identity.holders(organization, MemberRole.OWNER.wireName()).stream()
                .anyMatch(owner -> owner.toString().equals(subject));
    }

    private boolean sendFirstEmail(UUID account, String words) {
        return settings.consoleUrl().isEmpty()
                ? identity.sendFirstEmail(account, words, null, null)
                : identity.sendFirstEmail(account, words, settings.consoleClientId(), settings.consoleUrl() + "/");
    }

    private OrganizationDirectory.Account memberOf(UUID organization, UUID accountId) {
        return identity.member(organization, accountId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such member"));
    }

    private void protect(UUID accountId) {
        if (identity.hasRealmRole(accountId, PLATFORM_ADMIN)) {
            throw Problem.ACCOUNT_PROTECTED.because("Accounts of the platform cannot be members of a clinic");
        }
    }

    private static void keepAnOwner(Map<MemberRole, Set<UUID>> holders, UUID leaving) {
        var owners = holders.getOrDefault(MemberRole.OWNER, Set.of());
        if (owners.contains(leaving) && owners.size() == 1) {
            throw Problem.LAST_OWNER.because("Make somebody else an owner first");
        }
    }

    /** Two owners may remove each other in the same moment; the identity server has no transaction to prevent it. */
    private void restoreIfNoneIsLeft(UUID organization, UUID accountId) {
        if (identity.holders(organization, MemberRole.OWNER.wireName()).isEmpty()) {
            identity.join(organization, accountId);
            identity.grant(organization, accountId, MemberRole.OWNER.wireName());
            throw Problem.LAST_OWNER.because("Make somebody else an owner first");
        }
    }

    private Map<MemberRole, Set<UUID>> holders(UUID organization) {
        var holders = new EnumMap<MemberRole, Set<UUID>>(MemberRole.class);
        for (var role : MemberRole.values()) {
            holders.put(role, Set.copyOf(identity.holders(organization, role.wireName())));
        }
        return holders;
    }

    private static Set<MemberRole> rolesOf(UUID account, Map<MemberRole, Set<UUID>> holders) {
        var roles = EnumSet.noneOf(MemberRole.class);
        holders.forEach((role, accounts) -> {
            if (accounts.contains(account)) {
                roles.add(role);
            }
        });
        return roles;
    }
}
