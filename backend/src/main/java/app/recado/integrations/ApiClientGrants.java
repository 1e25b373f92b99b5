package app.recado.integrations;

import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.ApiClients;
import app.recado.kernel.security.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks up at each request of an API client what it may do: one row found by the name of its key. Nothing is remembered between
 * requests, so that a client that was revoked, or lost a scope, is refused the next one, by every replica.
 */
@Component
class ApiClientGrants implements ApiClients {

    /** "Last used" is right to this much, and costs a write no more often. */
    private static final Duration USE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ApiClientGrants(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Grant(
            UUID key,
            List<Scope> scopes,
            List<String> addresses,
            @Nullable Instant lastUsedAt) {}

    @Override
    public Set<Scope> scopesOf(String clientId, UUID organizationId, String address) {
        var now = clock.instant();
        return Objects.requireNonNull(transaction.execute(status -> {
            var grant = find(clientId, organizationId, now);
            if (!allowed(grant.addresses(), address)) {
                throw Problem.FORBIDDEN.because("This client may not ask from this address");
            }
            if (grant.lastUsedAt() == null || grant.lastUsedAt().isBefore(now.minus(USE))) {
                jdbc.sql("update api_client_key set last_used_at = ? where organization_id = ? and id = ?")
                        .params(SqlTime.at(now), organizationId, grant.key())
                        .update();
            }
            var scopes = EnumSet.noneOf(Scope.class);
            scopes.addAll(grant.scopes());
            return scopes;
        }));
    }

    private Grant find(String clientId, UUID organizationId, Instant now) {
        return jdbc.sql("""
                        select k.id, k.last_used_at, c.scopes, c.addresses
                          from api_client_key k
                          join api_client c on c.organization_id = k.organization_id and c.id = k.api_client_id
                         where k.organization_id = :org and k.oauth_client = :client
                           and k.active and (k.ends_at is null or k.ends_at > :now)
                           and c.revoked_at is null and (c.expires_at is null or c.expires_at > :now)
                        """)
                .param("org", organizationId)
                .param("client", clientId)
                .param("now", SqlTime.at(now))
                .query((row, n) -> new Grant(
                        row.getObject("id", UUID.class),
                        ApiClientRegister.scopes(row),
                        List.of((String[]) row.getArray("addresses").getArray()),
                        SqlTime.instantOrNull(row, "last_used_at")))
                .optional()
                .orElseThrow(() -> Problem.UNAUTHENTICATED.because("This client was revoked, or its key has ended"));
    }

    private static boolean allowed(List<String> addresses, String address) {
        return addresses.isEmpty()
                || addresses.stream().anyMatch(network -> new IpAddressMatcher(network).matches(address));
    }
}
