package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.SecretVault;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The addresses of other systems that the current organization tells of what happens. */
@Service
class WebhookEndpoints {

    /** What secrets are sealed for. */
    static final String SECRET = "webhook-secret";

    /** A clinic that needs more has something else in mind. */
    static final int MOST = 20;

    private final JdbcClient jdbc;
    private final SecretVault vault;
    private final WebhookClient client;
    private final WebhookQueue queue;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    WebhookEndpoints(JdbcClient jdbc, SecretVault vault, WebhookClient client, WebhookQueue queue, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.client = client;
        this.queue = queue;
        this.clock = clock;
    }

    /** What becomes of events. */
    enum State {
        /** It is told. */
        ACTIVE,
        /** A person stopped it: what happens meanwhile is not kept for it. */
        PAUSED,
        /** Recado stopped it, for its cause. What happens is kept for the day on which it is switched on again. */
        DISABLED;

        String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(String wireName) {
            return valueOf(wireName.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /**
     * What people say of an endpoint.
     *
     * @param eventTypes empty for all
     * @param asymmetric whether an Ed25519 key signs too
     */
    record Details(
            String url, String description, List<WebhookEventType> eventTypes, boolean active, boolean asymmetric) {}

    /**
     * An endpoint.
     *
     * @param cause why it is disabled: {@code gone} (it answered 410) or {@code failing} (five days long); null otherwise
     * @param failingSince the first failure since it was last told; null while it takes what it is told
     * @param publicKey with which a receiver checks {@code v1a}; null where only the secret signs
     * @param formerUntil until when the former secret signs too; null when it does not
     */
    record Endpoint(
            UUID id,
            String url,
            String description,
            List<WebhookEventType> eventTypes,
            State state,
            @Nullable String cause,
            @Nullable Instant failingSince,
            @Nullable String publicKey,
            @Nullable Instant formerUntil,
            Instant createdAt,
            long version) {}

    /** The oldest first. */
    @Transactional(readOnly = true)
    public List<Endpoint> all() {
        return jdbc.sql("select * from webhook_endpoint where organization_id = ? order by created_at, id")
                .param(CurrentOrganization.id())
                .query((row, n) -> read(row))
                .list();
    }

    /** @throws ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Endpoint get(UUID id) {
        return jdbc.sql("select * from webhook_endpoint where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(WebhookEndpoints::unknown);
    }

    /**
     * Adds one, with a new secret.
     *
     * @throws ProblemException {@code invalid-fields} for an address that is not called or one too many, {@code
     *     credentials-not-kept}
     */
    @Transactional
    public Endpoint create(Details details) {
        if (!vault.keeps()) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("Set RECADO_CREDENTIALS_KEY and start Recado again");
        }
        // One at a time: two that were counted at once would both be the last one.
        jdbc.sql("select id from organization where id = ? for no key update")
                .param(CurrentOrganization.id())
                .query(UUID.class)
                .single();
        if (all().size() >= MOST) {
            throw Problem.INVALID_FIELDS.at(
                    "/url", "out-of-range", "A clinic has at most %d endpoints: take one away".formatted(MOST));
        }
        var id = Ids.next();
        var secret = newSecret(details.asymmetric());
        jdbc.sql("""
                        insert into webhook_endpoint (organization_id, id, url, description, event_types, state, secret,
                                                      public_key, created_at, created_by, version)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(checked(details.url()))
                .param(details.description())
                .param(types(details))
                .param(state(details).wireName())
                .param(vault.seal(SECRET, CurrentOrganization.id(), id, secret))
                .param(WebhookSignature.publicKey(secret))
                .param(SqlTime.at(clock.instant()))
                .param(Caller.current().subject())
                .update();
        return get(id);
    }

    /**
     * Changes one. Switched on again, it is told of what still waits for it. Where a key shall sign too, it gets a new one.
     *
     * @throws ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}, {@code credentials-not-kept}
     */
    @Transactional
    public Endpoint change(UUID id, ExpectedVersion expected, Details details) {
        hold(id, expected);
        jdbc.sql("""
                        update webhook_endpoint
                           set url = ?, description = ?, event_types = ?, state = ?, cause = null,
                               failing_since = case when state = 'active' then failing_since end, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(
                        checked(details.url()),
                        details.description(),
                        types(details),
                        state(details).wireName(),
                        CurrentOrganization.id(),
                        id)
                .update();
        if (details.asymmetric() != (get(id).publicKey() != null)) {
            var secret = WebhookSignature.secret(open(id, column(id, "secret")));
            keep(id, details.asymmetric() ? WebhookSignature.withKey(secret, random) : secret);
        }
        if (details.active()) {
            queue.look(id, clock.instant());
        }
        return get(id);
    }

    /** Takes one away, with all that was written of what it was told. @throws ProblemException {@code not-found}, {@code stale} */
    @Transactional
    public void remove(UUID id, ExpectedVersion expected) {
        hold(id, expected);
        jdbc.sql("delete from webhook_endpoint where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
    }

    /** What signs for an endpoint. @throws ProblemException {@code not-found}, {@code credentials-not-kept} */
    @Transactional(readOnly = true)
    public String secret(UUID id) {
        return WebhookSignature.secret(open(id, column(id, "secret")));
    }

    /**
     * Gives an endpoint a new secret, and a new key where it has one. The former one signs too for a while, so that no receiver has to change in the same
     * second.
     *
     * @param overlap how long; zero when the former one is known to others
     * @throws ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public Endpoint rotate(UUID id, ExpectedVersion expected, Duration overlap) {
        hold(id, expected);
        var secret = newSecret(get(id).publicKey() != null);
        jdbc.sql("""
                        update webhook_endpoint
                           set former_secret = case when cast(:until as timestamptz) > :now then secret end,
                               former_until = case when cast(:until as timestamptz) > :now then cast(:until as timestamptz) end,
                               secret = :secret, public_key = :publicKey, version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("until", SqlTime.at(clock.instant().plus(overlap)))
                .param("now", SqlTime.at(clock.instant()))
                .param("secret", vault.seal(SECRET, CurrentOrganization.id(), id, secret))
                .param("publicKey", WebhookSignature.publicKey(secret))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        return get(id);
    }

    private String open(UUID id, String sealed) {
        try {
            return vault.open(SECRET, CurrentOrganization.id(), id, sealed);
        } catch (SecretVault.Unreadable e) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("The key that sealed this secret is not configured any more");
        }
    }

    private String column(UUID id, String column) {
        return jdbc.sql("select %s from webhook_endpoint where organization_id = ? and id = ?".formatted(column))
                .params(CurrentOrganization.id(), id)
                .query(String.class)
                .optional()
                .orElseThrow(WebhookEndpoints::unknown);
    }

    private void hold(UUID id, ExpectedVersion expected) {
        expected.mustBe(jdbc.sql("select version from webhook_endpoint where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(Long.class)
                .optional()
                .orElseThrow(WebhookEndpoints::unknown));
    }

    private String checked(String url) {
        try {
            return client.checked(url);
        } catch (AddressGuard.Refused e) {
            throw Problem.INVALID_FIELDS.at("/url", e.code(), "This address cannot be called: " + e.code());
        }
    }

    private String newSecret(boolean asymmetric) {
        var secret = WebhookSignature.newSecret(random);
        return asymmetric ? WebhookSignature.withKey(secret, random) : secret;
    }

    private void keep(UUID id, String secret) {
        if (!vault.keeps()) {
            throw Problem.CREDENTIALS_NOT_KEPT.because("Set RECADO_CREDENTIALS_KEY and start Recado again");
        }
        jdbc.sql("update webhook_endpoint set secret = ?, public_key = ? where organization_id = ? and id = ?")
                .param(vault.seal(SECRET, CurrentOrganization.id(), id, secret))
                .param(WebhookSignature.publicKey(secret))
                .param(CurrentOrganization.id())
                .param(id)
                .update();
    }

    private static State state(Details details) {
        return details.active() ? State.ACTIVE : State.PAUSED;
    }

    private static String[] types(Details details) {
        return details.eventTypes().stream()
                .map(WebhookEventType::wireName)
                .distinct()
                .toArray(String[]::new);
    }

    private static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("There is no such endpoint in this clinic");
    }

    static Endpoint read(ResultSet row) throws SQLException {
        return new Endpoint(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("description"),
                Arrays.stream((String[]) row.getArray("event_types").getArray())
                        .map(WebhookEventType::of)
                        .toList(),
                State.of(row.getString("state")),
                row.getString("cause"),
                SqlTime.instantOrNull(row, "failing_since"),
                row.getString("public_key"),
                SqlTime.instantOrNull(row, "former_until"),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"));
    }
}
