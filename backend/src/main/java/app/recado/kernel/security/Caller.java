package app.recado.kernel.security;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * The person or client behind a request, as their access token tells.
 *
 * @param subject the account's id in the identity server
 * @param name the name to greet them by; null for service accounts
 * @param email null for service accounts
 * @param emailVerified whether the identity server has seen that the address is the account's
 * @param platformAdmin holds the realm role {@code platform_admin}; never an API client
 * @param client the OAuth client id of an API client ({@link ApiClients}); null for people
 * @param signedAt when the token was signed, by the second; null for who acts without one
 * @param organizations roles per organization id, read only from the token's entry of that organization
 */
public record Caller(
        String subject,
        @Nullable String name,
        @Nullable String email,
        boolean emailVerified,
        boolean platformAdmin,
        @Nullable String client,
        @Nullable Instant signedAt,
        Map<UUID, Set<Allow>> organizations) {

    private static final String RESOURCE = "recado-api";

    /** Whoever acts without a request: a command of the operator. */
    private static final ScopedValue<Caller> ACTING = ScopedValue.newInstance();

    /** The caller of the current request.
     *
     * @throws IllegalStateException outside an authenticated request */
    public static Caller current() {
        return ifAny().orElseThrow(() -> new IllegalStateException("Nobody is signed in"));
    }

    /** The caller of the current request; empty for public pages and work that nobody asked for. */
    public static Optional<Caller> ifAny() {
        if (ACTING.isBound()) {
            return Optional.of(ACTING.get());
        }
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? Optional.of(of(token.getToken()))
                : Optional.empty();
    }

    /**
     * Reads a validated token. An organization entry without an id (a clinic joined in mid-session) grants nothing: the
     * console signs in again silently to complete it.
     */
    public static Caller of(Jwt jwt) {
        var organizations = new HashMap<UUID, Set<Allow>>();
        if (jwt.getClaim("organization") instanceof Map<?, ?> entries) {
            for (var entry : entries.values()) {
                if (entry instanceof Map<?, ?> organization && organization.get("id") instanceof String id) {
                    organizations.put(UUID.fromString(id), rolesOf(organization));
                }
            }
        }
        var party = jwt.getClaimAsString("azp");
        var client = party != null && party.startsWith(ApiClients.PREFIX) ? party : null;
        boolean platformAdmin = client == null
                && jwt.getClaim("realm_access") instanceof Map<?, ?> realm
                && realm.get("roles") instanceof Collection<?> roles
                && roles.contains("platform_admin");
        return new Caller(
                java.util.Objects.requireNonNull(jwt.getSubject(), "Access tokens name their subject"),
                jwt.getClaimAsString("name"),
                jwt.getClaimAsString("email"),
                Boolean.TRUE.equals(jwt.getClaimAsBoolean("email_verified")),
                platformAdmin,
                client,
                jwt.getIssuedAt(),
                Map.copyOf(organizations));
    }

    private static Set<Allow> rolesOf(Map<?, ?> organization) {
        var granted = EnumSet.noneOf(Allow.class);
        if (organization.get("resource_access") instanceof Map<?, ?> resources
                && resources.get(RESOURCE) instanceof Map<?, ?> resource
                && resource.get("roles") instanceof Collection<?> roles) {
            for (var role : Allow.values()) {
                if (role.isOrganizationRole() && roles.contains(role.name().toLowerCase(java.util.Locale.ROOT))) {
                    granted.add(role);
                }
            }
        }
        return granted;
    }

    /** Runs work of a command in the name of this caller; what services write down says so. */
    public <T> T doing(Supplier<T> work) {
        return ScopedValue.where(ACTING, this).call(work::get);
    }

    /** The address, when it surely is the account's; null otherwise. */
    public @Nullable String verifiedEmail() {
        return emailVerified ? email : null;
    }

    /** The caller's roles in an organization; empty when they hold none. */
    public Set<Allow> rolesIn(UUID organizationId) {
        return organizations.getOrDefault(organizationId, Set.of());
    }

    public boolean isMemberOf(UUID organizationId) {
        return organizations.containsKey(organizationId);
    }
}
