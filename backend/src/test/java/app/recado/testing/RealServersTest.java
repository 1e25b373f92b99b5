package app.recado.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.KeycloakServer;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The identity server that tests of the backend rely on, one for all of them. */
class RealServersTest {
    private final KeycloakServer keycloak = KeycloakServer.shared();

    @Test
    void a_member_gets_a_token_that_names_the_clinic_and_the_role_there() {
        var directory = keycloak.directory();
        var clinic = directory.createOrganization("clinica-norte");
        var ana = directory.createUser("ana@norte.example", "Ana", "Sosa");
        directory.addMember(clinic, ana, "receptionist");

        var claims = claims(keycloak.token("ana@norte.example"));

        assertThat(claims.at("/aud").asString()).isEqualTo("recado-api");
        assertThat(claims.at("/organization/clinica-norte/id").asString()).isEqualTo(clinic.toString());
        assertThat(claims.at("/organization/clinica-norte/resource_access/recado-api/roles/0")
                        .asString())
                .isEqualTo("receptionist");
        assertThat(claims.has("resource_access")).isFalse();
    }

    @Test
    void a_platform_admin_gets_that_role_and_no_clinic() {
        var claims = claims(keycloak.token("admin@recado.example"));

        assertThat(claims.at("/realm_access/roles/0").asString()).isEqualTo("platform_admin");
        assertThat(claims.has("organization")).isFalse();
    }

    private static JsonNode claims(String token) {
        var payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return JsonMapper.builder().build().readTree(payload);
    }
}
