package app.recado.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Keycloak's own administrator sees in the realm. */
final class AdminView {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final String token;
    private final HttpClient http;

    AdminView(Installation installation) {
        var url = installation.setting("RECADO_KEYCLOAK_URL");
        var browser =
                new Browser(installation.trusted, Installation.KEY_STORE_PASSWORD, url + "/realms/master", "none:");
        this.base = url + "/admin/realms/recado";
        this.http = browser.client();
        this.token = browser.form(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "recado-setup",
                        "client_secret", installation.setting("RECADO_KEYCLOAK_ADMIN_CLIENT_SECRET")))
                .get("access_token")
                .asString();
    }

    /** Service accounts included, which Keycloak leaves out of its list of people. */
    List<String> usernames() {
        var people = texts(get("/users?max=1000"), "username");
        var services = get("/clients?max=1000")
                .valueStream()
                .filter(client -> client.path("serviceAccountsEnabled").asBoolean(false))
                .map(client -> get("/clients/" + client.get("id").asString() + "/service-account-user")
                        .get("username")
                        .asString())
                .toList();
        return java.util.stream.Stream.concat(people.stream(), services.stream())
                .toList();
    }

    List<String> clients() {
        return texts(get("/clients?max=1000"), "clientId");
    }

    /** Rights in the realm's administration, of a service account. */
    List<String> rolesOf(String client) {
        return texts(get(mappings(client)), "name");
    }

    void grant(String client, String role) {
        var all = get("/clients/" + id("realm-management") + "/roles/" + role);
        send("POST", mappings(client), List.of(all));
    }

    private String mappings(String client) {
        var user = get("/clients/" + id(client) + "/service-account-user")
                .get("id")
                .asString();
        return "/users/" + user + "/role-mappings/clients/" + id("realm-management");
    }

    private String id(String client) {
        return get("/clients?clientId=" + client).get(0).get("id").asString();
    }

    private JsonNode get(String path) {
        return JSON.readTree(send("GET", path, null));
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(one -> one.get(field).asString()).toList();
    }

    private String send(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
            }
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
