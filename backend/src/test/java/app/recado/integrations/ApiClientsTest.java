package app.recado.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Scope;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What programs of third parties may do, with tokens as the realm issues them. That the realm does is shown by
 * ApiClientsForRealTest, that every operation knows its scopes by EveryScopeGuardTest.
 */
@RecadoTest
class ApiClientsTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private static Map<String, Object> input(String... scopes) {
        return Map.of("name", "Sitio web", "scopes", List.of(scopes), "addresses", List.of());
    }

    private Api client(Clinic clinic, Scope... scopes) {
        return clinic.withToken(TestTokens.client(clinics.apiClient(clinic, Set.of(scopes)), clinic.id()));
    }

    private static UUID patient(Clinic clinic) {
        return clinic.receptionist()
                .post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez", "phone", "+5491123456789"))
                .id();
    }

    @Test
    void a_client_without_the_contact_scope_sees_patients_without_ways_to_reach_them() {
        var clinic = clinics.open();
        var id = patient(clinic);
        var without = client(clinic, Scope.PATIENTS_READ);
        var with = client(clinic, Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT);

        var plain = without.get("/patients/" + id);
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.at("/familyName")).isEqualTo("Núñez");
        assertThat(plain.json().path("phone").isNull()).isTrue();
        assertThat(plain.text()).doesNotContain("23456789").doesNotContain("2345-6789");
        assertThat(without.post("/patients/search", Map.of("text", "nunez")).text())
                .contains("Núñez")
                .doesNotContain("23456789");
        assertThat(with.get("/patients/" + id).at("/phone")).isEqualTo("+5491123456789");
        assertThat(clinic.receptionist().get("/patients/" + id).at("/phone")).isEqualTo("+5491123456789");
    }

    @Test
    void a_client_without_the_contact_scope_sees_none_of_several_numbers_nor_whose_they_are() {
        var clinic = clinics.open();
        var id = clinic.receptionist()
                .post(
                        "/patients",
                        Map.of(
                                "givenName",
                                "Leo",
                                "phoneNumbers",
                                List.of(
                                        Map.of("phone", "+5491123456789"),
                                        Map.of("phone", "+5491144440002", "owner", "mother", "ownerName", "Gabriela"))))
                .id();
        var without = client(clinic, Scope.PATIENTS_READ);
        for (var path : List.of("/patients/" + id, "/patients/" + id + "/phones")) {
            var answer = without.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.text())
                    .as(path)
                    .contains("mother")
                    .doesNotContain("Gabriela")
                    .doesNotContain("23456789")
                    .doesNotContain("44440002")
                    .doesNotContain("4444-0002");
        }
    }

    @Test
    void a_client_without_the_contact_scope_cannot_find_out_a_number_digit_by_digit() {
        var clinic = clinics.open();
        patient(clinic);

        assertThat(client(clinic, Scope.PATIENTS_READ)
                        .post("/patients/search", Map.of("text", "54911"))
                        .status())
                .isEqualTo(403);
        assertThat(client(clinic, Scope.PATIENTS_READ, Scope.PATIENTS_READ_CONTACT)
                        .post("/patients/search", Map.of("text", "54911"))
                        .text())
                .contains("Núñez");
    }

    @Test
    void a_client_that_is_revoked_is_refused_with_the_token_it_has() {
        var clinic = clinics.open();
        var caller = client(clinic, Scope.DIRECTORY_READ);
        assertThat(caller.get("/practitioners").status()).isEqualTo(200);
        var listed = clinic.owner().get("/api-clients");
        var id = listed.at("/items/0/id");

        assertThat(clinic.owner()
                        .ifMatch("\"v" + listed.at("/items/0/version") + "\"")
                        .delete("/api-clients/" + id)
                        .status())
                .isEqualTo(204);

        assertThat(caller.get("/practitioners").status()).isEqualTo(401);
        assertThat(clinic.owner().get("/api-clients/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_scope_that_is_taken_away_is_gone_with_the_next_request() {
        var clinic = clinics.open();
        var caller = client(clinic, Scope.DIRECTORY_READ);
        var id = clinic.owner().get("/api-clients").at("/items/0/id");

        var changed = clinic.owner().ifMatch("\"v0\"").put("/api-clients/" + id, input("reports:read"));

        assertThat(changed.status()).isEqualTo(200);
        var refused = caller.get("/practitioners");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/detail")).contains("directory:read");
    }

    @Test
    void a_client_may_nothing_after_its_expiry_and_from_other_addresses() {
        var clinic = clinics.open();
        var caller = client(clinic, Scope.DIRECTORY_READ);
        var id = clinic.owner().get("/api-clients").at("/items/0/id");
        var body = new HashMap<String, Object>(input("directory:read"));
        body.put("addresses", List.of("203.0.113.0/24"));
        assertThat(clinic.owner()
                        .ifMatch("\"v0\"")
                        .put("/api-clients/" + id, body)
                        .status())
                .isEqualTo(200);
        assertThat(caller.get("/practitioners").status()).isEqualTo(403);

        body.put("addresses", List.of("127.0.0.0/8", "::1"));
        body.put("expiresAt", clock.instant().plus(Duration.ofHours(1)).toString());
        assertThat(clinic.owner()
                        .ifMatch("\"v1\"")
                        .put("/api-clients/" + id, body)
                        .status())
                .isEqualTo(200);
        assertThat(caller.get("/practitioners").status()).isEqualTo(200);

        clock.advance(Duration.ofHours(1));
        assertThat(caller.get("/practitioners").status()).isEqualTo(401);
    }

    @Test
    void a_key_that_was_begun_but_not_finished_counts_for_nothing() {
        var clinic = clinics.open();
        var caller = client(clinic, Scope.DIRECTORY_READ);
        clinic.inside(() -> transaction.executeWithoutResult(
                status -> jdbc.sql("""
                        update api_client_key set active = false, ends_at = now() + interval '1 day' where organization_id = ?
                        """).param(clinic.id()).update()));

        assertThat(caller.get("/practitioners").status()).isEqualTo(401);
        assertThat(clinic.owner().get("/api-clients").json().at("/items/0/keys").isEmpty())
                .isTrue();
    }

    @Test
    void an_owner_sees_when_a_client_was_last_used() {
        var clinic = clinics.open();
        client(clinic, Scope.DIRECTORY_READ).get("/practitioners");

        assertThat(clinic.owner().get("/api-clients").at("/items/0/keys/0/lastUsedAt"))
                .isEqualTo(clock.instant().toString());
    }

    @Test
    void an_address_that_is_none_and_an_expiry_that_has_passed_are_refused() {
        var clinic = clinics.open();
        var body = new HashMap<String, Object>(input("directory:read"));
        body.put("addresses", List.of("clinic.example"));
        var refused = clinic.owner().post("/api-clients", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/addresses/0");

        body.put("addresses", List.of());
        body.put("expiresAt", clock.instant().minusSeconds(1).toString());
        assertThat(clinic.owner().post("/api-clients", body).at("/errors/0/pointer"))
                .isEqualTo("/expiresAt");
    }

    @Test
    void a_client_without_a_scope_is_refused() {
        assertThat(clinics.open().owner().post("/api-clients", input()).status())
                .isEqualTo(422);
    }

    @Test
    void an_installation_without_the_second_service_account_says_so() {
        var clinic = clinics.open();
        var made = clinic.owner().post("/api-clients", input("directory:read"));

        var refused = clinic.owner()
                .ifMatch(made.etag())
                .post("/api-clients/" + made.id() + "/keys", Map.of("overlapHours", 0));

        assertThat(refused.code()).isEqualTo("api-clients-not-set-up");
    }
}
