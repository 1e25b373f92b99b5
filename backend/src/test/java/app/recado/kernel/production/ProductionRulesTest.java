package app.recado.kernel.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.RecadoApplication;
import app.recado.kernel.DatabaseAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What production refuses to start with, and that it says which setting is wrong. */
class ProductionRulesTest {

    private static final Map<String, String> SOUND = Map.ofEntries(
            Map.entry("RECADO_DATABASE_APP_PASSWORD", "kqZ7x1cVQmB0W3tYh5Rn8uLd2sEf4aGj"),
            Map.entry("RECADO_GATEWAY_TOKEN", "b9Yp3KdWm6QzT1xVn8RfHs4uJc2LgAe7"),
            Map.entry("RECADO_CURSOR_KEY", "q83vEjRWeJDkC7dvz6gh2mBSx1UXKtEPZqcJvlMNfuI="),
            Map.entry("RECADO_OIDC_ISSUER", "https://id.clinics.test/realms/recado"),
            Map.entry("RECADO_KEYCLOAK_URL", "https://id.clinics.test"),
            Map.entry("RECADO_CONSOLE_URL", "https://clinics.test"),
            Map.entry("RECADO_ALLOWED_HOSTS", "clinics.test"));

    @Test
    void settings_made_for_production_pass() {
        assertThat(broken(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RECADO_DATABASE_APP_PASSWORD, dev-only-kqZ7x1cVQmB0W3tYh5Rn8uLd",
        "RECADO_GATEWAY_TOKEN, change-me-change-me-change-me",
        "RECADO_GATEWAY_TOKEN, 8RfHs4uJc2",
        "RECADO_GATEWAY_TOKEN, aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "RECADO_CURSOR_KEY, AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "RECADO_SMTP_PASSWORD, change-me",
        "RECADO_ALLOWED_CLIENTS, 'recado-console,recado-dev'",
        "RECADO_SIMULATED, true",
        "RECADO_WHATSAPP_URL, ws://127.0.0.1:8091/ws/chat",
        "RECADO_WHATSAPP_CLOUD_URL, http://graph.facebook.com",
        "RECADO_OIDC_ISSUER, http://id.clinics.test/realms/recado",
        "RECADO_KEYCLOAK_URL, http://keycloak:8080",
        "RECADO_CONSOLE_URL, http://clinics.test",
        "RECADO_CONSOLE_URL, ''",
        "RECADO_PUBLIC_URL, http://hooks.clinics.test",
        "RECADO_ALLOWED_HOSTS, ''"
    })
    void production_refuses_and_names_the_setting_without_quoting_a_secret(String variable, String value) {
        var broken = broken(Map.of(variable, value));
        assertThat(broken).singleElement().asString().startsWith(variable + " ");
        if (!value.isEmpty() && !value.equals("true")) {
            assertThat(broken.getFirst()).doesNotContain(value);
        }
    }

    @Test
    void the_simulated_network_has_no_place_in_production() {
        assertThat(broken(Map.of("RECADO_WHATSAPP_NETWORK", "simulator")))
                .singleElement()
                .asString()
                .startsWith("RECADO_WHATSAPP_NETWORK ");
    }

    @Test
    void a_key_made_by_a_local_stack_is_recognised_in_its_encoded_form() {
        var key = Arrays.copyOf(DevelopmentSecret.MARK.getBytes(StandardCharsets.US_ASCII), 32);
        key[20] = 77;
        assertThat(broken(Map.of("RECADO_CURSOR_KEY", Base64.getEncoder().encodeToString(key))))
                .singleElement()
                .asString()
                .startsWith("RECADO_CURSOR_KEY is a development");
    }

    @Test
    void a_profile_nobody_knows_is_production() {
        var environment = environment(Map.of("RECADO_SIMULATED", "true"));
        environment.setActiveProfiles("staging");
        assertThat(ProductionRules.broken(environment)).hasSize(1);
        environment.setActiveProfiles("dev");
        assertThat(ProductionRules.broken(environment)).isEmpty();
    }

    @Test
    void the_application_itself_stops_before_it_touches_anything() {
        var application = new SpringApplication(RecadoApplication.class);
        var values = new HashMap<String, Object>(SOUND);
        values.put("RECADO_SIMULATED", "true");
        values.put("RECADO_PROFILE", "production");
        application.setDefaultProperties(values);

        assertThatThrownBy(application::run)
                .isInstanceOf(ProductionGuard.NotForProduction.class)
                .hasMessageContaining("RECADO_SIMULATED is the simulator's")
                .hasMessageContaining("RECADO_GATEWAY_EVENTS_SECRET is missing");
    }

    @Test
    void a_database_address_with_an_encoded_password_is_understood() {
        var address =
                DatabaseAddress.parse("postgres://recado_app:p%40ss+%2Fw%3Ard@db.internal:6432/recado?sslmode=require");

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.internal:6432/recado?sslmode=require");
        assertThat(address.user()).isEqualTo("recado_app");
        assertThat(address.password()).isEqualTo("p@ss+/w:rd");
        assertThat(address.toString()).doesNotContain("p@ss");
        assertThat(DatabaseAddress.parse("jdbc:postgresql://db/recado").user()).isNull();
        assertThatThrownBy(() -> DatabaseAddress.parse("mysql://root:hunter2@db/recado"))
                .hasMessageContaining("RECADO_DATABASE_URL")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void credentials_in_the_address_are_the_app_roles_unless_given_apart() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "given", Map.of("RECADO_DATABASE_URL", "postgresql://somebody:p%40ss@db:5432/recado")));
        new DatabaseUrlReader().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("RECADO_DATABASE_URL")).isEqualTo("jdbc:postgresql://db:5432/recado");
        assertThat(environment.getProperty("RECADO_DATABASE_APP_USER")).isEqualTo("somebody");
        assertThat(environment.getProperty("RECADO_DATABASE_APP_PASSWORD")).isEqualTo("p@ss");
    }

    @Test
    void migrations_go_past_a_pooler_where_the_direct_address_is_told() {
        var environment = environment(Map.of(
                "RECADO_DATABASE_URL", "jdbc:postgresql://pooler:6432/recado?prepareThreshold=0",
                "RECADO_DATABASE_DIRECT_URL", "postgres://db:5432/recado"));

        new DatabaseUrlReader().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("RECADO_DATABASE_URL"))
                .isEqualTo("jdbc:postgresql://pooler:6432/recado?prepareThreshold=0");
        assertThat(environment.getProperty("RECADO_DATABASE_DIRECT_URL")).isEqualTo("jdbc:postgresql://db:5432/recado");
        assertThat(environment.getProperty("spring.liquibase.url")).isEqualTo("jdbc:postgresql://db:5432/recado");
    }

    private static java.util.List<String> broken(Map<String, String> changes) {
        return ProductionRules.broken(environment(changes));
    }

    private static StandardEnvironment environment(Map<String, String> changes) {
        var values = new HashMap<String, Object>(SOUND);
        values.putAll(changes);
        // What application.yaml makes of the variables.
        values.put("recado.issuer", values.get("RECADO_OIDC_ISSUER"));
        values.put("recado.identity.url", values.get("RECADO_KEYCLOAK_URL"));
        values.put("recado.identity.console-url", values.get("RECADO_CONSOLE_URL"));
        values.put("recado.edge.allowed-hosts", values.get("RECADO_ALLOWED_HOSTS"));
        values.put("recado.allowed-clients", values.getOrDefault("RECADO_ALLOWED_CLIENTS", "recado-console"));
        values.put("recado.simulated", values.getOrDefault("RECADO_SIMULATED", "false"));
        values.put("recado.cursor-key", values.get("RECADO_CURSOR_KEY"));
        var environment = new StandardEnvironment();
        environment.setActiveProfiles("production");
        environment.getPropertySources().addFirst(new MapPropertySource("given", values));
        return environment;
    }
}
