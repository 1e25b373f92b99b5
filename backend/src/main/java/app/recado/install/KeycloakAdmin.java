package app.recado.install;

import app.recado.install.InstallSetting.Values;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keycloak's admin API as a client of the master realm. No person's password is involved. */
final class KeycloakAdmin {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String url;
    private final String realm;
    private final String credentials;
    private String token = "";

    private record Answer(int status, String body, Optional<String> location) {}

    KeycloakAdmin(Values values) {
        this.url = values.get(InstallSetting.IDENTITY_URL).replaceAll("/+$", "");
        this.realm = values.get(InstallSetting.REALM);
        this.credentials = "grant_type=client_credentials&client_id="
                + encoded(values.get(InstallSetting.ADMIN_CLIENT)) + "&client_secret="
                + encoded(values.secret(InstallSetting.ADMIN_SECRET));
    }

    String realm() {
        return realm;
    }

    boolean realmExists() {
        return send("GET", "", null, 200, 404).status() == 200;
    }

    void createRealm(JsonNode representation) {
        expect(exchange("POST", url + "/admin/realms", representation), "POST realm", 201);
    }

    /** What lies at a path below the realm, e.g. {@code /clients}. */
    JsonNode get(String path) {
        return parsed(send("GET", path, null, 200).body());
    }

    /** The entries of a list, all of them: lists here are of clients, scopes and roles, never of people. */
    List<JsonNode> list(String path) {
        return get(path).valueStream().toList();
    }

    /** @return the id of what was made, from the address Keycloak answers */
    String post(String path, Object body) {
        var location = send("POST", path, body, 200, 201, 204).location().orElse("");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void put(String path, @Nullable Object body) {
        send("PUT", path, body, 200, 201, 204);
    }

    void delete(String path, @Nullable Object body) {
        send("DELETE", path, body, 200, 204);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer send(String method, String path, @Nullable Object body, int... expected) {
        return expect(
                exchange(method, url + "/admin/realms/" + encoded(realm) + path, body), method + " " + path, expected);
    }

    /** Tokens of the master realm live for a minute: one that ran out is renewed once. */
    private Answer exchange(String method, String address, @Nullable Object body) {
        if (token.isEmpty()) {
            token = signIn();
        }
        var answer = call(method, address, body);
        if (answer.status() == 401) {
            token = signIn();
            answer = call(method, address, body);
        }
        return answer;
    }

    private String signIn() {
        var answer = answerTo(HttpRequest.newBuilder(URI.create(url + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(credentials)));
        if (answer.status() != 200) {
            throw new InstallException("Keycloak does not accept the client RECADO_KEYCLOAK_ADMIN_CLIENT_ID ("
                    + parsed(answer.body()).path("error_description").asString("status " + answer.status()) + ")");
        }
        return parsed(answer.body()).get("access_token").asString();
    }

    private Answer call(String method, String address, @Nullable Object body) {
        var request = HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        return answerTo(request);
    }

    private Answer answerTo(HttpRequest.Builder request) {
        try {
            var response = http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().firstValue("Location"));
        } catch (IOException e) {
            throw new InstallException("Keycloak does not answer at " + url + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstallException("Interrupted while waiting for Keycloak", e);
        }
    }

    private static Answer expect(Answer answer, String what, int... expected) {
        for (var status : expected) {
            if (answer.status() == status) {
                return answer;
            }
        }
        throw new InstallException("Keycloak answered %d to %s: %s".formatted(answer.status(), what, answer.body()));
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.createObjectNode();
        }
    }
}
