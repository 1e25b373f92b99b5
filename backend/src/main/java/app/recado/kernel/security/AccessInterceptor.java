package app.recado.kernel.security;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Decides access before anything of the request is read: an unauthorized caller learns nothing from validation,
 * preconditions or the existence of a record.
 */
@Component
public class AccessInterceptor implements HandlerInterceptor {

    private final ApiClients clients;
    private final OrganizationStanding standing;
    private final SupportGrants support;
    private final MemberAccess members;

    AccessInterceptor(ApiClients clients, OrganizationStanding standing, SupportGrants support, MemberAccess members) {
        this.clients = clients;
        this.standing = standing;
        this.support = support;
        this.members = members;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        if (!method.getBeanType().getPackageName().startsWith("app.recado")) {
            return true;
        }
        var access = method.getMethodAnnotation(Access.class);
        if (access == null) {
            throw Problem.FORBIDDEN.because("This operation has no access rule");
        }
        var allowed = Set.of(access.value());
        if (allowed.contains(Allow.EVERYONE) || allowed.contains(Allow.GATEWAY) || allowed.contains(Allow.PROVIDER)) {
            return true;
        }
        var caller = Caller.current();
        if (caller.client() instanceof String client) {
            decideForClient(client, caller, List.of(access.scopes()), request);
            return true;
        }
        if (allowed.contains(Allow.SIGNED_IN)) {
            return true;
        }
        if (allowed.contains(Allow.PLATFORM_ADMIN) && caller.platformAdmin()) {
            return true;
        }
        var organization = CurrentOrganization.find().orElse(CurrentOrganization.PLATFORM);
        if (organization.equals(CurrentOrganization.PLATFORM)) {
            throw Problem.FORBIDDEN.because("Only the platform's administrators may do this");
        }
        if (!caller.isMemberOf(organization)
                && caller.platformAdmin()
                && looksAsSupport(organization, access, request)) {
            return true;
        }
        if (!caller.isMemberOf(organization)) {
            throw Problem.NOT_MEMBER.because("Ask an owner of the organization to add you");
        }
        if (!access.whileSuspended()) {
            standing.refuseSuspended(organization);
        }
        if (caller.rolesIn(organization).stream().noneMatch(allowed::contains)) {
            throw Problem.FORBIDDEN.because("This needs one of the roles " + allowed);
        }
        decideForMember(caller, organization, access.permissions());
        return true;
    }

    /** Roles come from the token; whether it still counts, and what the clinic decided besides, does not. */
    private void decideForMember(Caller caller, UUID organization, Permission[] needed) {
        var member = members.of(organization, caller.subject());
        if (!member.accepts(caller.signedAt())) {
            throw Problem.UNAUTHENTICATED.because("What you may do in this clinic has changed: renew your token");
        }
        for (var permission : needed) {
            if (!member.holds(permission, caller.rolesIn(organization))) {
                throw Problem.FORBIDDEN.because("An owner of the clinic decides who has the permission "
                        + permission.wireName() + ", and you do not have it");
            }
        }
    }

    /**
     * While an owner lets them, the platform's administrators read what a program with reading scopes could, without ways to
     * reach patients. Whatever names no such scope, such as exports, notes, conversations and every change, stays closed.
     */
    private boolean looksAsSupport(UUID organization, Access access, HttpServletRequest request) {
        var needed = List.of(access.scopes());
        if (needed.isEmpty()
                || access.permissions().length > 0
                || !needed.stream().allMatch(Scope::readsWithoutContact)
                || !support.admits(organization)) {
            return false;
        }
        GrantedScopes.remember(request, SupportGrants.SCOPES);
        return true;
    }

    /**
     * An API client is a member of one organization without a role there: whatever its token says of roles counts for nothing.
     * Membership first, so that who asks about a foreign organization learns nothing, not even from the table of clients.
     */
    private void decideForClient(String client, Caller caller, List<Scope> needed, HttpServletRequest request) {
        UUID organization = CurrentOrganization.find().orElse(CurrentOrganization.PLATFORM);
        if (organization.equals(CurrentOrganization.PLATFORM)) {
            throw Problem.FORBIDDEN.because("API clients call operations of their organization only");
        }
        if (!caller.isMemberOf(organization)) {
            throw Problem.NOT_MEMBER.because("The client belongs to another organization, or its token names none: ask"
                    + " for a token with the scope organization:*");
        }
        standing.refuseSuspended(organization);
        var granted = clients.scopesOf(client, organization, request.getRemoteAddr());
        if (needed.isEmpty()) {
            throw Problem.FORBIDDEN.because("This operation is for people, not for API clients");
        }
        if (!granted.containsAll(needed)) {
            throw Problem.FORBIDDEN.because("This needs the scopes "
                    + needed.stream().map(Scope::wireName).collect(Collectors.joining(", ")));
        }
        GrantedScopes.remember(request, granted);
    }
}
