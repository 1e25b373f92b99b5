package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.RealIdentityTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** API clients with the real identity server: what a stranger does with the guide alone. */
@RealIdentityTest
class ApiClientsForRealTest extends RealPeople {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answer made(String owner, UUID clinic, String... scopes) {
        return as(owner)
                .post(
                        path(clinic, "/api-clients"),
                        Map.of("name", "Sitio web", "scopes", List.of(scopes), "addresses", List.of()));
    }

    private Answer issue(String owner, UUID clinic, UUID client, int overlapHours) {
        var address = path(clinic, "/api-clients/" + client);
        return as(owner)
                .ifMatch(as(owner).get(address).etag())
                .post(address + "/keys", Map.of("overlapHours", overlapHours));
    }

    private static JsonNode token(Answer key) throws IOException, InterruptedException {
        var form = Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        key.at("/clientId"),
                        "client_secret",
                        key.at("/clientSecret"),
                        "scope",
                        "organization:*")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try (var http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(
                            HttpRequest.newBuilder(URI.create(key.at("/tokenUrl")))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    private Api caller(Answer key) throws IOException, InterruptedException {
        return new Api(
                server(),
                Map.of(
                        "Authorization",
                        "Bearer " + token(key).path("access_token").asString()));
    }

    @Test
    void a_program_signs_in_with_its_key_and_does_what_its_scopes_say() throws Exception {
        var owner = person("ana");
        var clinic = onboard(owner);
        var client = made(owner, clinic, "directory:read").id();

        var key = issue(owner, clinic, client, 0);

        assertThat(key.status()).isEqualTo(200);
        assertThat(caller(key).get(path(clinic, "/practitioners")).status()).isEqualTo(200);
        assertThat(caller(key).get(path(clinic, "/members")).status()).isEqualTo(403);
        assertThat(caller(key).get("/api/v1/me").status()).isEqualTo(403);
        assertThat(as(owner).get(path(clinic, "/api-clients/" + client)).text())
                .contains(key.at("/clientId"))
                .doesNotContain(key.at("/clientSecret"));
        assertThat(as(owner).get(path(clinic, "/members")).text())
                .as("members are people")
                .doesNotContain("service-account");
    }

    @Test
    void a_new_key_and_the_former_one_count_beside_each_other_for_the_overlap() throws Exception {
        var owner = person("bea");
        var clinic = onboard(owner);
        var client = made(owner, clinic, "directory:read").id();
        var former = issue(owner, clinic, client, 0);
        var withFormer = caller(former);

        var next = issue(owner, clinic, client, 24);
        assertThat(withFormer.get(path(clinic, "/practitioners")).status()).isEqualTo(200);
        assertThat(caller(next).get(path(clinic, "/practitioners")).status()).isEqualTo(200);

        issue(owner, clinic, client, 0);
        assertThat(withFormer.get(path(clinic, "/practitioners")).status()).isEqualTo(401);
    }

    @Test
    void a_program_of_one_clinic_is_a_stranger_in_another() throws Exception {
        var owner = person("cora");
        var mine = onboard(owner);
        var foreign = onboard(person("dora"));
        var key = issue(owner, mine, made(owner, mine, "directory:read").id(), 0);

        assertThat(caller(key).get(path(foreign, "/practitioners")).code()).isEqualTo("not-member");
    }

    @Test
    void a_repeated_request_for_a_key_makes_no_second_one() {
        var owner = person("eva");
        var clinic = onboard(owner);
        var client = made(owner, clinic, "directory:read");
        var address = path(clinic, "/api-clients/" + client.id());
        var asked = as(owner).ifMatch(client.etag());

        assertThat(asked.post(address + "/keys", Map.of("overlapHours", 0)).status())
                .isEqualTo(200);
        assertThat(asked.post(address + "/keys", Map.of("overlapHours", 0)).code())
                .isEqualTo("stale");
        assertThat(as(owner).get(address).json().path("keys")).hasSize(1);
    }
}
