package app.recado.kernel.keycloak;

import app.recado.kernel.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OAuth clients of third parties in Keycloak, kept by a service account that may manage clients and nothing else: it can give
 * nobody a role or a membership, and the account that can ({@link OrganizationDirectory}) cannot make a client. Anything
 * unexpected is {@code identity-unavailable}.
 */
public final class ClientDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientDirectory.class);

    /** The account's id, and the API as audience. Roles are left out: what a client may do stands in Recado's rows. */
    private static final List<String> ALWAYS = List.of("basic", "recado-api");

    /** The claim that says of which organization the account is a member, for whoever asks for {@code organization:*}. */
    private static final List<String> WHEN_ASKED = List.of("organization");

    /**
     * Where Keycloak is and who asks.
     *
     * @param url Keycloak's address as this process reaches it
     * @param realm the realm, in which the service account lives too
     * @param clientSecret blank where this installation has no such account
     * @param connect how long connecting may take
     * @param read how long Keycloak may be silent during an answer
     */
    public record Access(
            String url, String realm, String clientId, String clientSecret, Duration connect, Duration read) {

        @Override
        public String toString() {
            return "Access[url=" + url + ", realm=" + realm + ", clientId=" + clientId + "]";
        }
    }

    private final Access access;
    private final KeycloakConnection keycloak;

    /** Opens nothing yet: Keycloak may start later than this process. */
    public ClientDirectory(Access access) {
        this.access = access;
        this.keycloak = new KeycloakConnection(
                access.url(),
                access.realm(),
                access.clientId(),
                access.clientSecret(),
                access.connect(),
                access.read());
    }

    /**
     * Makes a client that signs in with its own secret, for itself and nobody else.
     *
     * @param clientId its name; never used before
     * @param name for whoever reads Keycloak's console
     * @return the account behind the client, which becomes a member of an organization
     */
    public UUID create(String clientId, String name, String secret) {
        mustBeSetUp();
        var wanted = new ClientRepresentation();
        wanted.setClientId(clientId);
        wanted.setName(name);
        wanted.setProtocol("openid-connect");
        wanted.setEnabled(true);
        wanted.setPublicClient(false);
        wanted.setClientAuthenticatorType("client-secret");
        wanted.setSecret(secret);
        wanted.setServiceAccountsEnabled(true);
        wanted.setStandardFlowEnabled(false);
        wanted.setImplicitFlowEnabled(false);
        wanted.setDirectAccessGrantsEnabled(false);
        wanted.setFullScopeAllowed(false);
        wanted.setDefaultClientScopes(ALWAYS);
        wanted.setOptionalClientScopes(WHEN_ASKED);
        var id = usable(() -> keycloak.create(
                        "create a client", () -> realm().clients().create(wanted)))
                .orElseThrow(() -> unavailable("no id of a new client"));
        return UUID.fromString(usable(() -> keycloak.call(
                "read the account of a client",
                () -> realm().clients().get(id).getServiceAccountUser().getId())));
    }

    /** Removes a client with its account and memberships; done when there is none. */
    public void remove(String clientId) {
        mustBeSetUp();
        for (var found : usable(
                () -> keycloak.call("find a client", () -> realm().clients().findByClientId(clientId)))) {
            usable(() -> {
                keycloak.run(
                        "remove a client",
                        () -> realm().clients().get(found.getId()).remove(),
                        404);
                return true;
            });
        }
    }

    /** False where this installation has no account that may manage clients. */
    public boolean isSetUp() {
        return !access.clientSecret().isBlank();
    }

    @Override
    public void close() {
        keycloak.close();
    }

    private void mustBeSetUp() {
        if (!isSetUp()) {
            throw Problem.IDENTITY_UNAVAILABLE.because("Set RECADO_INTEGRATIONS_CLIENT_SECRET and start Recado again");
        }
    }

    private RealmResource realm() {
        return keycloak.realm(access.realm());
    }

    private static <T> T usable(Supplier<T> request) {
        try {
            return request.get();
        } catch (KeycloakException e) {
            throw unavailable(e.status() == 0 ? "no answer" : "answered " + e.status());
        }
    }

    private static RuntimeException unavailable(String why) {
        LOG.warn("The identity server is not usable for API clients: {}", why);
        return Problem.IDENTITY_UNAVAILABLE.because("Ask again in a moment");
    }
}
