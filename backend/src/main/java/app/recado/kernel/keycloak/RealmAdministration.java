package app.recado.kernel.keycloak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * One realm, administered by a client of the master realm: what installing and upgrading need. No person's password is
 * involved. Every method throws {@link KeycloakException} when Keycloak refuses or does not answer.
 */
public final class RealmAdministration implements AutoCloseable {

    /** Every realm has them. They are Keycloak's own, and {@code admin-cli} comes with the password grant switched on. */
    private static final Set<String> BUILT_IN =
            Set.of("account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console");

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Creating a realm takes seconds. */
    private static final Duration READ = Duration.ofSeconds(30);

    private static final int ALL_CLIENTS = 10_000;
    private static final int LINK_SECONDS = 43_200;

    private final String name;
    private final KeycloakConnection keycloak;

    /**
     * Signs in.
     *
     * @throws KeycloakException also when Keycloak does not accept the client: 400 or 401
     */
    public RealmAdministration(String url, String realm, String clientId, String clientSecret) {
        this.name = realm;
        this.keycloak = new KeycloakConnection(url, "master", clientId, clientSecret, CONNECT, READ);
        try {
            keycloak.signIn();
        } catch (KeycloakException e) {
            keycloak.close();
            throw e;
        }
    }

    /** Whether there is a realm of this name. */
    public boolean exists() {
        return keycloak.unless("read the realm", () -> realm().toRepresentation(), 404)
                .isPresent();
    }

    /** Creates the realm from a realm file. */
    public void create(String realmFile) {
        var representation = RealmJson.value(RealmJson.object(realmFile), RealmRepresentation.class);
        keycloak.run("create the realm", () -> keycloak.keycloak().realms().create(representation));
    }

    /**
     * Makes the realm what the file describes. People, organizations and clients that the file does not name are left alone;
     * Keycloak's own clients stop taking passwords.
     *
     * @return what was changed, a sentence each; empty when nothing had to be
     */
    public List<String> converge(String realmFile) {
        return keycloak.call("bring the realm to this version", () -> {
            var upkeep = new RealmUpkeep(keycloak, realm(), RealmJson.object(realmFile));
            upkeep.apply();
            var changes = new ArrayList<>(upkeep.changes());
            closePasswordGrants(changes);
            return List.copyOf(changes);
        });
    }

    /** Clients, other than Keycloak's own, that exchange a person's password for a token. */
    public List<String> clientsTakingPasswords() {
        return keycloak.call(
                "list clients",
                () -> realm().clients().findAll(null, null, null, 0, ALL_CLIENTS).stream()
                        .filter(client -> !BUILT_IN.contains(client.getClientId()))
                        .filter(RealmAdministration::takesPasswords)
                        .map(ClientRepresentation::getClientId)
                        .toList());
    }

    private void closePasswordGrants(List<String> changes) {
        for (var builtIn : BUILT_IN) {
            for (var client : realm().clients().findByClientId(builtIn)) {
                if (takesPasswords(client)) {
                    client.setDirectAccessGrantsEnabled(false);
                    realm().clients().get(client.getId()).update(client);
                    changes.add("client " + builtIn + " takes no passwords any more");
                }
            }
        }
    }

    private static boolean takesPasswords(ClientRepresentation client) {
        return Boolean.TRUE.equals(client.isDirectAccessGrantsEnabled());
    }

    /** Whether anybody has the role of the realm. */
    public boolean anybodyHas(String role) {
        return keycloak.call(
                "list holders of a role",
                () -> !realm().roles().get(role).getUserMembers(0, 1).isEmpty());
    }

    /**
     * An account for a person, created unless there is one that was never used.
     *
     * @return its id; empty when the address belongs to an account in use
     */
    public Optional<String> newAccount(String email, String givenName, String familyName, String locale) {
        return keycloak.call("prepare an account", () -> {
            var found = realm().users().searchByEmail(email, true);
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst()).filter(this::neverUsed).map(UserRepresentation::getId);
            }
            var user = new UserRepresentation();
            user.setUsername(email);
            user.setEmail(email);
            user.setEmailVerified(true);
            user.setFirstName(givenName);
            user.setLastName(familyName);
            user.setEnabled(true);
            user.setRequiredActions(List.of("UPDATE_PASSWORD"));
            user.setAttributes(Map.of("locale", List.of(locale)));
            return keycloak.create("create an account", () -> realm().users().create(user));
        });
    }

    private boolean neverUsed(UserRepresentation user) {
        var mustChoosePassword =
                user.getRequiredActions() != null && user.getRequiredActions().contains("UPDATE_PASSWORD");
        return mustChoosePassword
                || account(user.getId()).credentials().stream()
                        .allMatch(credential -> Boolean.TRUE.equals(credential.isTemporary()));
    }

    /** Sends a link with which the person chooses a password; it works for twelve hours. */
    public void mailPasswordLink(String account) {
        keycloak.run(
                "send a first e-mail",
                () -> account(account).executeActionsEmail(List.of("UPDATE_PASSWORD"), LINK_SECONDS));
    }

    /** Sets a password that must be replaced at the first sign-in. */
    public void setTemporaryPassword(String account, String password) {
        var credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password);
        credential.setTemporary(true);
        keycloak.run("set a password", () -> account(account).resetPassword(credential));
    }

    /** Gives an account a role of the realm. */
    public void giveRole(String account, String role) {
        keycloak.run(
                "give a role",
                () -> account(account)
                        .roles()
                        .realmLevel()
                        .add(List.of(realm().roles().get(role).toRepresentation())));
    }

    @Override
    public void close() {
        keycloak.close();
    }

    private UserResource account(String id) {
        return realm().users().get(id);
    }

    private RealmResource realm() {
        return keycloak.realm(name);
    }
}
