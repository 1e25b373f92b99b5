package app.recado.devstack;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Arranges people and organizations directly in Keycloak, for tests that are not about doing so through Recado. */
public final class KeycloakDirectory {
    private static final List<String> ROLES = List.of("owner", "receptionist", "practitioner");

    private final KeycloakServer server;
    private final String base;

    KeycloakDirectory(KeycloakServer server) {
        this.server = server;
        this.base = server.url() + "/admin/realms/recado";
    }

    /** A new organization with a group per clinic role. */
    public UUID createOrganization(String alias) {
        var id = send("POST", "/organizations", Map.of("name", alias, "alias", alias, "enabled", true))
                .orFail("create organization")
                .createdId();
        for (var role : ROLES) {
            var group = send("POST", "/organizations/" + id + "/groups", Map.of("name", role))
                    .orFail("create group")
                    .body()
                    .get("id")
                    .asString();
            var mappings = "/organizations/" + id + "/groups/" + group + "/role-mappings/clients/" + apiClientId();
            var available =
                    send("GET", mappings + "/available", null).orFail("roles").body();
            var wanted = available
                    .valueStream()
                    .filter(one -> one.get("name").asString().equals(role))
                    .toList();
            send("POST", mappings, wanted).orFail("map role");
        }
        return UUID.fromString(id);
    }

    /** A new account that can sign in with {@link KeycloakServer#demoPassword()}; its user name is the e-mail. */
    public UUID createUser(String email, String givenName, String familyName) {
        var user = Map.of(
                "username", email,
                "email", email,
                "firstName", givenName,
                "lastName", familyName,
                "enabled", true,
                "emailVerified", true,
                "credentials", List.of(Map.of("type", "password", "value", server.demoPassword())));
        return UUID.fromString(
                send("POST", "/users", user).orFail("create user").createdId());
    }

    /** Makes the user a member with exactly the roles given on top of those they have there. */
    public void addMember(UUID organization, UUID user, String... roles) {
        var added = send("POST", "/organizations/" + organization + "/members", user.toString());
        if (added.status() != 409) {
            added.orFail("add member");
        }
        var groups =
                send("GET", "/organizations/" + organization + "/groups", null).body();
        for (var role : roles) {
            var group = groups.valueStream()
                    .filter(one -> one.get("name").asString().equals(role))
                    .findFirst()
                    .orElseThrow()
                    .get("id")
                    .asString();
            send("PUT", "/organizations/" + organization + "/groups/" + group + "/members/" + user, null);
        }
    }

    public void removeMember(UUID organization, UUID user) {
        send("DELETE", "/organizations/" + organization + "/members/" + user, null)
                .orFail("remove member");
    }

    /** The id of the account with this e-mail, or null. */
    public @Nullable UUID findUser(String email) {
        var found = send("GET", "/users?exact=true&email=" + Http.encode(email), null)
                .orFail("find user")
                .body();
        return found.isEmpty() ? null : UUID.fromString(found.get(0).get("id").asString());
    }

    /** The members as Keycloak lists them, at most 100. */
    public JsonNode members(UUID organization) {
        return send("GET", "/organizations/" + organization + "/members?first=0&max=100", null)
                .orFail("members")
                .body();
    }

    private static String apiClientId() {
        return Realm.production()
                .get("clients")
                .valueStream()
                .filter(client -> client.get("clientId").asString().equals("recado-api"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    private Http.Answer send(String method, String path, @Nullable Object body) {
        var token = server.tokens().ofService("recado-backend", server.clientSecret());
        return Http.send(method, base + path, token, Map.of(), body);
    }
}
