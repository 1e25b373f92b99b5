package app.recado.kernel.keycloak;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.springframework.util.function.SingletonSupplier;

/**
 * One service account's connection to Keycloak: a bounded pool of connections, time-outs, a token renewed before it ends, and
 * failures as {@link KeycloakException}. Safe for use by several threads.
 */
final class KeycloakConnection implements AutoCloseable {

    /** Connections at most. Who finds all of them busy for as long as connecting may take is told that there is no answer. */
    static final int CONNECTIONS = 16;

    /** Idle connections are not kept for longer: proxies in front of Keycloak close theirs after a minute or so. */
    private static final Duration CONNECTION_LIFE = Duration.ofSeconds(30);

    private final String url;

    /** Made at the first call: loading the library takes a second of processor time, and not every process needs it. */
    private final SingletonSupplier<Keycloak> keycloak;

    private final AtomicBoolean made = new AtomicBoolean();

    /**
     * Opens nothing yet.
     *
     * @param signInRealm the realm in which the service account lives
     * @param connect how long connecting, and waiting for a free connection, may take
     * @param read how long Keycloak may be silent during an answer
     */
    KeycloakConnection(
            String url, String signInRealm, String clientId, String clientSecret, Duration connect, Duration read) {
        this.url = url.replaceAll("/+$", "");
        this.keycloak = SingletonSupplier.of(() -> {
            made.set(true);
            return KeycloakBuilder.builder()
                    .serverUrl(this.url)
                    .realm(signInRealm)
                    .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                    .clientId(clientId)
                    .clientSecret(clientSecret)
                    .resteasyClient(http(connect, read))
                    .build();
        });
    }

    private static Client http(Duration connect, Duration read) {
        return new ResteasyClientBuilderImpl()
                .sslContext(systemTrust())
                .connectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(read.toMillis(), TimeUnit.MILLISECONDS)
                .connectionPoolSize(CONNECTIONS)
                .maxPooledPerRoute(CONNECTIONS)
                .connectionCheckoutTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                .connectionTTL(CONNECTION_LIFE.toMillis(), TimeUnit.MILLISECONDS)
                .register(JacksonProvider.class, 100)
                .build();
    }

    Keycloak keycloak() {
        return keycloak.obtain();
    }

    RealmResource realm(String name) {
        return keycloak().realm(name);
    }

    /** Gets a token now, so that a wrong address or secret is told from a refused operation. */
    void signIn() {
        call("sign in", () -> keycloak().tokenManager().getAccessTokenString());
    }

    /**
     * Runs one request.
     *
     * @param what names it in messages, without personal data
     * @throws KeycloakException when Keycloak refused it or did not answer
     */
    <T> T call(String what, Supplier<T> request) {
        try {
            return repeatedWithFreshToken(request);
        } catch (WebApplicationException e) {
            throw refusal(what, e.getResponse(), e);
        } catch (ProcessingException e) {
            // Failures while a token is fetched come wrapped.
            if (e.getCause() instanceof WebApplicationException refused) {
                throw refusal(what, refused.getResponse(), refused);
            }
            throw new KeycloakException(
                    0, "Keycloak does not answer at %s to: %s (%s)".formatted(url, what, root(e)), e);
        }
    }

    /** Like {@link #call}; empty when Keycloak answers one of the statuses. */
    <T> Optional<T> unless(String what, Supplier<T> request, int... statuses) {
        try {
            return Optional.ofNullable(call(what, request));
        } catch (KeycloakException e) {
            if (Arrays.stream(statuses).anyMatch(status -> status == e.status())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Runs a request that has no result; the statuses count as done too. */
    void run(String what, Runnable request, int... alsoDone) {
        unless(
                what,
                () -> {
                    request.run();
                    return true;
                },
                alsoDone);
    }

    /** Creates something and gives its id; empty when Keycloak answers one of the statuses. */
    Optional<String> create(String what, Supplier<Response> request, int... statuses) {
        return unless(what, () -> read(request, CreatedResponseUtil::getCreatedId), statuses);
    }

    /** Runs a request whose answer is only a status; the statuses count as done like any of success. */
    void send(String what, Supplier<Response> request, int... alsoDone) {
        run(
                what,
                () -> read(request, response -> {
                    if (response.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
                        throw new WebApplicationException(response);
                    }
                    return response.getStatus();
                }),
                alsoDone);
    }

    @Override
    public void close() {
        if (made.get()) {
            keycloak().close();
        }
    }

    /** An answer that nobody closes keeps its connection of the pool. */
    private static <T> T read(Supplier<Response> request, Function<Response, T> reader) {
        try (var response = request.get()) {
            response.bufferEntity();
            return reader.apply(response);
        }
    }

    /** A token may end early, for instance with Keycloak's restart. The library forgets one that was refused. */
    private static <T> T repeatedWithFreshToken(Supplier<T> request) {
        try {
            return request.get();
        } catch (NotAuthorizedException e) {
            return request.get();
        }
    }

    private static KeycloakException refusal(String what, Response answer, Throwable cause) {
        return new KeycloakException(
                answer.getStatus(),
                "Keycloak answered %d to: %s%s".formatted(answer.getStatus(), what, explanation(answer)),
                cause);
    }

    private static String explanation(Response answer) {
        try {
            var text = answer.readEntity(String.class);
            return text == null || text.isBlank() ? "" : " (" + text.strip() + ")";
        } catch (ProcessingException | IllegalStateException e) {
            return "";
        }
    }

    private static String root(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }

    private static SSLContext systemTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
