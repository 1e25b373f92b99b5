package app.recado.integrations;

import app.recado.kernel.Auditable.Change;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.keycloak.ClientDirectory;
import app.recado.kernel.keycloak.OrganizationDirectory;
import app.recado.kernel.security.ApiClients;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys of API clients. Each is an OAuth client of the identity server with a name and a secret of its own, so that an old
 * and a new one count beside each other for a while. The secret is told to who asked for the key and kept nowhere here.
 */
@Service
class ApiClientKeys {

    /** The name of the jobs that take keys away: one for each key. */
    static final String JOB = "api-client-key";

    /** How long making one may take. What was left half made goes then. */
    private static final Duration MAKING = Duration.ofMinutes(15);

    /** Pending and former ones included; who rotates faster than keys go has to wait. */
    private static final int MOST = 5;

    private static final int SECRET_BYTES = 32;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ClientDirectory clients;
    private final OrganizationDirectory organizations;
    private final Jobs jobs;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiClientKeys(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ClientDirectory clients,
            OrganizationDirectory organizations,
            Jobs jobs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clients = clients;
        this.organizations = organizations;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A key that counts.
     *
     * @param clientId the API client
     * @param oauthClient its name at the identity server: the {@code client_id} of a request for a token
     * @param endsAt when a newer one has taken its place; null for the newest
     * @param lastUsedAt to the minute; null before the first time
     */
    record Key(
            UUID id,
            UUID clientId,
            String oauthClient,
            @Nullable Instant endsAt,
            @Nullable Instant lastUsedAt,
            Instant createdAt) {}

    /** A new key. @param secret told once */
    record Issued(String oauthClient, String secret) {

        @Override
        public String toString() {
            return "Issued[" + oauthClient + "]";
        }
    }

    /** Those that count now, of all clients of the organization; the newest first. */
    List<Key> all() {
        return jdbc.sql("""
                        select * from api_client_key
                         where organization_id = ? and active and (ends_at is null or ends_at > ?)
                         order by created_at desc, id desc
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant()))
                .query((row, n) -> new Key(
                        row.getObject("id", UUID.class),
                        row.getObject("api_client_id", UUID.class),
                        row.getString("oauth_client"),
                        SqlTime.instantOrNull(row, "ends_at"),
                        SqlTime.instantOrNull(row, "last_used_at"),
                        SqlTime.instant(row, "created_at")))
                .list();
    }

    /**
     * Gives a client a new key. No transaction spans the calls to the identity server: the key is written down first and
     * counts only when all is done, and what a crash leaves half made is taken away by its job.
     *
     * @param expected makes a repetition of the same request fail instead of making a second key
     * @param overlap how long former keys go on; zero when others know them
     * @throws ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} for one too many, {@code
     *     api-clients-not-set-up}, {@code identity-unavailable}
     */
    Issued issue(UUID clientId, ExpectedVersion expected, Duration overlap) {
        var id = Ids.next();
        var oauthClient = ApiClients.PREFIX + id;
        var secret = secret();
        transaction.executeWithoutResult(status -> begin(clientId, expected, id, oauthClient));
        var account = clients.create(oauthClient, "API client " + clientId, secret);
        organizations.join(CurrentOrganization.id(), account);
        transaction.executeWithoutResult(status -> activate(clientId, expected, id, overlap));
        return new Issued(oauthClient, secret);
    }

    private void begin(UUID clientId, ExpectedVersion expected, UUID id, String oauthClient) {
        hold(clientId, expected);
        if (!clients.isSetUp()) {
            throw Problem.API_CLIENTS_NOT_SET_UP.because(
                    "Set RECADO_INTEGRATIONS_CLIENT_SECRET and start Recado again");
        }
        long there = jdbc.sql("select count(*) from api_client_key where organization_id = ? and api_client_id = ?")
                .params(CurrentOrganization.id(), clientId)
                .query(Long.class)
                .single();
        if (there >= MOST) {
            throw Problem.INVALID_FIELDS.at(
                    "/overlapHours", "out-of-range", "Former keys of this client have to end first");
        }
        var now = clock.instant();
        jdbc.sql("""
                        insert into api_client_key (organization_id, id, api_client_id, oauth_client, active, ends_at, created_at)
                        values (?, ?, ?, ?, false, ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        clientId,
                        oauthClient,
                        SqlTime.at(now.plus(MAKING)),
                        SqlTime.at(now))
                .update();
        jobs.reschedule(JOB, JobId.of(id), now.plus(MAKING));
    }

    private void activate(UUID clientId, ExpectedVersion expected, UUID id, Duration overlap) {
        hold(clientId, expected);
        endAll(clientId, clock.instant().plus(overlap));
        jdbc.sql("update api_client_key set active = true, ends_at = null where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        jdbc.sql("update api_client set version = version + 1 where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), clientId)
                .update();
        events.publishEvent(new ApiClientChanged(
                clientId,
                "api-client-key-issued",
                Map.of("key", new Change(null, id.toString()), "overlap", new Change(null, overlap.toString()))));
    }

    /** Has all keys of a client that count end then, or earlier where that was said before; in the caller's transaction. */
    void endAll(UUID clientId, Instant at) {
        jdbc.sql("""
                        update api_client_key set ends_at = least(ends_at, :at)
                         where organization_id = :org and api_client_id = :client and active
                        returning id
                        """)
                .param("at", SqlTime.at(at))
                .param("org", CurrentOrganization.id())
                .param("client", clientId)
                .query(UUID.class)
                .list()
                .forEach(id -> jobs.reschedule(JOB, JobId.of(id), at));
    }

    /**
     * Locks a client for the rest of the transaction.
     *
     * @throws ProblemException {@code not-found} also when it was revoked, {@code stale}
     */
    void hold(UUID clientId, ExpectedVersion expected) {
        expected.mustBe(jdbc.sql("""
                        select version from api_client
                         where organization_id = ? and id = ? and revoked_at is null for update
                        """)
                .params(CurrentOrganization.id(), clientId)
                .query(Long.class)
                .optional()
                .orElseThrow(ApiClientRegister::unknown));
    }

    /** Takes a key that has ended from the identity server. @throws ProblemException {@code identity-unavailable} */
    JobResult end(JobId job) {
        record Ending(String oauthClient, @Nullable Instant at) {}
        var ending = Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                                select oauth_client, ends_at from api_client_key where organization_id = ? and id = ?
                                """)
                .params(CurrentOrganization.id(), job.id())
                .query((row, n) -> new Ending(row.getString("oauth_client"), SqlTime.instantOrNull(row, "ends_at")))
                .optional()));
        if (ending.isEmpty() || ending.get().at() == null) {
            return JobResult.done();
        }
        var left = Duration.between(clock.instant(), ending.get().at());
        if (left.isPositive()) {
            return JobResult.again(left);
        }
        clients.remove(ending.get().oauthClient());
        transaction.executeWithoutResult(
                status -> jdbc.sql("delete from api_client_key where organization_id = ? and id = ?")
                        .params(CurrentOrganization.id(), job.id())
                        .update());
        return JobResult.done();
    }

    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
