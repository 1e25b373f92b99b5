package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What production imports, looked at field by field, and what development lays on top. */
class RealmTest {
    private final JsonNode production = Realm.production();
    private final JsonNode development = Realm.development();

    @Test
    void production_has_no_people() {
        assertThat(production.get("users").valueStream().filter(user -> !user.has("serviceAccountClientId")))
                .isEmpty();
        assertThat(production.get("users").findValues("credentials")).isEmpty();
        assertThat(production.has("organizations")).isFalse();
    }

    @Test
    void production_knows_no_client_that_takes_passwords() {
        assertThat(names(production))
                .containsExactlyInAnyOrder("recado-api", "recado-console", "recado-backend", "recado-integrations");
        assertThat(clients(production))
                .noneMatch(client -> client.path("directAccessGrantsEnabled").asBoolean(false));
        assertThat(clients(production))
                .noneMatch(client -> client.path("implicitFlowEnabled").asBoolean(false));
    }

    @Test
    void production_holds_no_secret_but_only_the_names_of_variables() {
        var literal = new ArrayList<String>();
        collectSecrets("", production, literal);
        assertThat(literal).isEmpty();
    }

    @Test
    void production_asks_for_encryption_everywhere() {
        assertThat(production.get("sslRequired").asString()).isEqualTo("all");
    }

    @Test
    void the_console_signs_in_with_proof_of_possession_and_comes_back_only_to_its_own_address() {
        var console = client(production, "recado-console");
        assertThat(console.at("/attributes/pkce.code.challenge.method").asString())
                .isEqualTo("S256");
        assertThat(console.get("redirectUris").toString()).isEqualTo("[\"${RECADO_CONSOLE_URL}/*\"]");
        assertThat(console.get("fullScopeAllowed").asBoolean()).isFalse();
    }

    @Test
    void the_backends_account_manages_people_and_organizations_reads_events_and_may_nothing_else() {
        var account = production.get("users").get(0);
        assertThat(account.get("serviceAccountClientId").asString()).isEqualTo("recado-backend");
        assertThat(account.at("/clientRoles/realm-management").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(
                        "manage-organizations", "manage-users", "view-users", "query-users", "view-events");
        assertThat(account.has("realmRoles")).isFalse();
    }

    @Test
    void the_account_for_integrations_keeps_clients_and_sees_nobody() {
        var account = production.get("users").get(1);
        assertThat(account.get("serviceAccountClientId").asString()).isEqualTo("recado-integrations");
        assertThat(account.at("/clientRoles/realm-management").valueStream().map(JsonNode::asString))
                .containsExactly("manage-clients");
        assertThat(account.has("realmRoles")).isFalse();
    }

    @Test
    void guessing_is_slowed_down_and_sign_ins_leave_a_trace() {
        assertThat(production.get("bruteForceProtected").asBoolean()).isTrue();
        assertThat(production.get("passwordPolicy").asString()).contains("length(12)");
        assertThat(production.get("revokeRefreshToken").asBoolean()).isTrue();
        assertThat(production.get("eventsEnabled").asBoolean()).isTrue();
        assertThat(production.get("adminEventsEnabled").asBoolean()).isTrue();
        assertThat(production.get("defaultSignatureAlgorithm").asString()).isEqualTo("RS256");
        assertThat(production.get("registrationAllowed").asBoolean()).isFalse();
    }

    @Test
    void the_console_is_spoken_to_in_three_languages_spanish_first() {
        assertThat(production.get("defaultLocale").asString()).isEqualTo("es");
        assertThat(production.get("supportedLocales").valueStream().map(JsonNode::asString))
                .containsExactly("es", "en", "pt-BR");
    }

    @Test
    void development_adds_people_and_the_token_client_and_keeps_the_rest() {
        assertThat(names(development)).contains("recado-dev", "recado-console", "recado-api", "recado-backend");
        assertThat(client(development, "recado-dev")
                        .get("directAccessGrantsEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(client(development, "recado-console")
                        .at("/attributes/pkce.code.challenge.method")
                        .asString())
                .isEqualTo("S256");
        assertThat(development.get("users")).hasSizeGreaterThan(5);
    }

    @Test
    void where_real_phones_are_reached_the_platform_admin_is_the_only_person() {
        var people = Realm.developmentWithoutStaff()
                .get("users")
                .valueStream()
                .filter(user -> user.has("credentials"))
                .map(user -> user.get("username").asString());
        assertThat(people).containsExactly(DemoPeople.ADMIN);
    }

    private static void collectSecrets(String path, JsonNode node, List<String> literal) {
        node.properties().forEach(field -> {
            var name = field.getKey().toLowerCase(java.util.Locale.ROOT);
            var value = field.getValue();
            var secret =
                    name.equals("secret") || name.equals("password") || name.endsWith("secret") || name.equals("value");
            if (secret && value.isString() && !value.asString().matches("\\$\\{[A-Z_]+}")) {
                literal.add(path + "/" + field.getKey());
            }
            collectSecrets(path + "/" + field.getKey(), value, literal);
        });
        if (node.isArray()) {
            node.forEach(entry -> collectSecrets(path + "/-", entry, literal));
        }
    }

    private static List<JsonNode> clients(JsonNode realm) {
        return realm.get("clients").valueStream().toList();
    }

    private static List<String> names(JsonNode realm) {
        return clients(realm).stream()
                .map(client -> client.get("clientId").asString())
                .toList();
    }

    private static JsonNode client(JsonNode realm, String name) {
        return clients(realm).stream()
                .filter(client -> client.get("clientId").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
