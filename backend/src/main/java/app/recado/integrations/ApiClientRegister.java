package app.recado.integrations;

import app.recado.kernel.Auditable.Change;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Programs of third parties that call the API for the current organization. Those that were revoked are not there any more. */
@Service
class ApiClientRegister {

    /** A clinic that needs more has something else in mind. */
    static final int MOST = 50;

    private final JdbcClient jdbc;
    private final ApiClientKeys keys;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApiClientRegister(JdbcClient jdbc, ApiClientKeys keys, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What people say of a client.
     *
     * @param scopes what it may do
     * @param addresses addresses or networks from which it may ask; empty for anywhere
     * @param expiresAt when it may do nothing any more; null for never
     */
    record Details(
            String name,
            List<Scope> scopes,
            List<String> addresses,
            @Nullable Instant expiresAt) {}

    /** A client with the keys it has, the newest first. */
    record Client(
            UUID id,
            Details details,
            List<ApiClientKeys.Key> keys,
            String createdBy,
            Instant createdAt,
            long version) {}

    /** The oldest first. */
    @Transactional(readOnly = true)
    public List<Client> all() {
        var known = keys.all().stream().collect(Collectors.groupingBy(ApiClientKeys.Key::clientId));
        return jdbc.sql("""
                        select * from api_client where organization_id = ? and revoked_at is null order by created_at, id
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> read(row, known))
                .list();
    }

    /** @throws ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Client get(UUID id) {
        return find(id).orElseThrow(ApiClientRegister::unknown);
    }

    /**
     * Adds one, without a key.
     *
     * @throws ProblemException {@code invalid-fields} for an address that is none, an expiry that has passed, or one too many
     */
    @Transactional
    public Client create(Details details) {
        check(details);
        if (all().size() >= MOST) {
            throw Problem.INVALID_FIELDS.at(
                    "/name", "out-of-range", "A clinic has %d API clients at most".formatted(MOST));
        }
        var id = Ids.next();
        jdbc.sql("""
                        insert into api_client (organization_id, id, name, scopes, addresses, expires_at, created_at, created_by,
                                                version)
                        values (:org, :id, :name, :scopes, :addresses, :expires, :now, :by, 0)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("name", details.name())
                .param("scopes", names(details.scopes()))
                .param("addresses", addresses(details))
                .param("expires", SqlTime.atOrNull(details.expiresAt()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", Caller.current().subject())
                .update();
        events.publishEvent(new ApiClientChanged(id, "api-client-created", changes(null, details)));
        return get(id);
    }

    /**
     * Changes what a client may do, from its next request on.
     *
     * @throws ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}
     */
    @Transactional
    public Client change(UUID id, ExpectedVersion expected, Details details) {
        check(details);
        keys.hold(id, expected);
        var before = get(id).details();
        jdbc.sql("""
                        update api_client
                           set name = :name, scopes = :scopes, addresses = :addresses, expires_at = :expires,
                               version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("name", details.name())
                .param("scopes", names(details.scopes()))
                .param("addresses", addresses(details))
                .param("expires", SqlTime.atOrNull(details.expiresAt()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        events.publishEvent(new ApiClientChanged(id, "api-client-changed", changes(before, details)));
        return get(id);
    }

    /**
     * Takes everything from a client, from this moment on; its keys go from the identity server soon after.
     *
     * @throws ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public void revoke(UUID id, ExpectedVersion expected) {
        keys.hold(id, expected);
        jdbc.sql("update api_client set revoked_at = ?, version = version + 1 where organization_id = ? and id = ?")
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                .update();
        keys.endAll(id, clock.instant());
        events.publishEvent(new ApiClientChanged(id, "api-client-revoked", Map.of()));
    }

    private Optional<Client> find(UUID id) {
        var known = keys.all().stream().collect(Collectors.groupingBy(ApiClientKeys.Key::clientId));
        return jdbc.sql("select * from api_client where organization_id = ? and id = ? and revoked_at is null")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> read(row, known))
                .optional();
    }

    private void check(Details details) {
        for (int i = 0; i < details.addresses().size(); i++) {
            try {
                new IpAddressMatcher(details.addresses().get(i).strip());
            } catch (IllegalArgumentException e) {
                throw Problem.INVALID_FIELDS.at(
                        "/addresses/" + i,
                        "invalid-format",
                        "An address such as 203.0.113.7 or a network 203.0.113.0/24");
            }
        }
        if (details.expiresAt() != null && !details.expiresAt().isAfter(clock.instant())) {
            throw Problem.INVALID_FIELDS.at("/expiresAt", "invalid-format", "It has to be in the future");
        }
    }

    private static Map<String, Change> changes(@Nullable Details before, Details after) {
        var changes = new TreeMap<String, Change>();
        Change.add(changes, "scopes", before == null ? null : joined(before.scopes()), joined(after.scopes()));
        Change.add(
                changes,
                "addresses",
                before == null ? null : String.join(" ", before.addresses()),
                String.join(" ", after.addresses()));
        Change.add(changes, "expiresAt", before == null ? null : before.expiresAt(), after.expiresAt());
        return changes;
    }

    private static String joined(Collection<Scope> scopes) {
        return scopes.stream().map(Scope::wireName).sorted().collect(Collectors.joining(" "));
    }

    private static String[] names(Collection<Scope> scopes) {
        return scopes.stream().distinct().sorted().map(Scope::wireName).toArray(String[]::new);
    }

    private static String[] addresses(Details details) {
        return details.addresses().stream().map(String::strip).distinct().toArray(String[]::new);
    }

    static ProblemException unknown() {
        return Problem.NOT_FOUND.because("There is no such API client in this clinic");
    }

    private static Client read(ResultSet row, Map<UUID, List<ApiClientKeys.Key>> keys) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Client(
                id,
                new Details(
                        row.getString("name"),
                        scopes(row),
                        List.of((String[]) row.getArray("addresses").getArray()),
                        SqlTime.instantOrNull(row, "expires_at")),
                keys.getOrDefault(id, List.of()),
                row.getString("created_by"),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"));
    }

    /** What a later version knew besides is nothing that this one could allow. */
    static List<Scope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray())
                .flatMap(name -> Scope.of(name).stream())
                .toList();
    }
}
