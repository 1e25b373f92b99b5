package app.recado.testing;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.ApiClients;
import app.recado.kernel.security.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens clinics for tests; each is an organization of its own, so tests share a database without meeting. */
public class Clinics {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Environment environment;

    Clinics(JdbcClient jdbc, TransactionTemplate transaction, Environment environment) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.environment = environment;
    }

    /** A clinic in Buenos Aires that speaks Spanish. It tells what happens to a visit and reminds a day before. */
    public Clinic open() {
        return open("AR", "America/Argentina/Buenos_Aires", "es");
    }

    public Clinic open(String country, String zone, String locale) {
        var id = Ids.next();
        CurrentOrganization.run(
                CurrentOrganization.PLATFORM,
                () -> transaction.executeWithoutResult(status -> jdbc.sql("""
                        insert into organization (id, name, alias, country, time_zone, locale, visit_word, state, created_at)
                        values (?, ?, ?, ?, ?, ?, 'turno', 'active', now())
                        """)
                        .params(id, "Clínica " + id, "clinic-" + id, country, zone, locale)
                        .update()));
        CurrentOrganization.run(
                id,
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("""
                        insert into notification_rule (organization_id, id, trigger, minutes, active, created_at, created_by,
                                                       version)
                        select ?, uuidv7(), t.trigger, t.minutes, true, now(), 'recado', 0
                          from (values ('booked', null), ('moved', null), ('cancelled', null), ('before-visit', 1440))
                               as t (trigger, minutes)
                        """).param(id).update()));
        return new Clinic(id, server());
    }

    /**
     * Lets a program call the API for a clinic, with a key that counts.
     *
     * @return the key's name, for {@link TestTokens#client}
     */
    public String apiClient(Clinic clinic, Collection<Scope> scopes) {
        var client = Ids.next();
        var key = Ids.next();
        clinic.inside(() -> transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into api_client (organization_id, id, name, scopes, addresses, created_at, created_by, version)
                            values (?, ?, 'Sitio web', ?, '{}', now(), 'recado', 0)
                            """)
                    .params(
                            clinic.id(),
                            client,
                            scopes.stream().map(Scope::wireName).toArray(String[]::new))
                    .update();
            jdbc.sql("""
                            insert into api_client_key (organization_id, id, api_client_id, oauth_client, active, created_at)
                            values (?, ?, ?, ?, true, now())
                            """)
                    .params(clinic.id(), key, client, ApiClients.PREFIX + key)
                    .update();
        }));
        return ApiClients.PREFIX + key;
    }

    /** The server itself, called by nobody; paths are relative to its root. */
    public Api anonymous() {
        return new Api(server(), Map.of());
    }

    public Api platformAdmin() {
        return new Api(server(), bearer(TestTokens.platformAdmin()));
    }

    /** The server's address, without a path. */
    public String server() {
        return "http://localhost:" + environment.getRequiredProperty("local.server.port");
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /** One clinic; {@code as} speaks with its API, paths relative to the organization. */
    public record Clinic(UUID id, String server) {

        public Api as(Allow... roles) {
            return withToken(TestTokens.member("someone-" + id, id, List.of(roles)));
        }

        public Api owner() {
            return as(Allow.OWNER);
        }

        public Api receptionist() {
            return as(Allow.RECEPTIONIST);
        }

        public Api practitioner() {
            return as(Allow.PRACTITIONER);
        }

        public Api withToken(String token) {
            return new Api(server + "/api/v1/organizations/" + id, bearer(token));
        }

        public Api withoutToken() {
            return new Api(server + "/api/v1/organizations/" + id, Map.of());
        }

        /** Runs code inside this clinic, as a request of it would. */
        public void inside(Runnable work) {
            CurrentOrganization.run(id, work);
        }

        public <T> T inside(java.util.function.Supplier<T> work) {
            return CurrentOrganization.get(id, work);
        }
    }
}
