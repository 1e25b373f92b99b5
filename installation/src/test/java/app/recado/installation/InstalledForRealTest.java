package app.recado.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.MailCatcher;
import app.recado.devstack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/install.md, followed to the letter on fresh servers, and what is there afterwards. What is done a second time is done
 * as the backend's image does it, which starts in half the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledForRealTest {

    private static final String ADMIN = "ana@example.com";
    private static final String OWNER = "lucia@clinica-sur.test";

    @TempDir
    static Path folder;

    private Installation installation;
    private Browser browser;

    @BeforeAll
    void install() {
        installation = new Installation(folder);
        browser = new Browser(
                installation.trusted, Installation.KEY_STORE_PASSWORD, installation.issuer(), Installation.CONSOLE);
    }

    @Test
    @Order(1)
    void the_first_administrator_signs_in_and_onboards_a_clinic_whose_owner_gets_a_mail() throws Exception {
        var token = browser.accessToken(ADMIN, installation.adminPassword, "a long sentence of her own");

        var created = api(token, "/api/v1/organizations", """
                {"name":"Clínica del Sur","alias":"clinica-sur","country":"AR","timeZone":"America/Argentina/Buenos_Aires",
                 "locale":"es","owner":{"email":"%s","givenName":"Lucía","familyName":"Paz"}}""".formatted(OWNER));

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(MailCatcher.shared().mailsTo(OWNER)).hasSize(1);
    }

    @Test
    @Order(2)
    void the_sign_in_page_is_recados_in_three_languages() {
        var words = Map.of(
                "", "La recepción de tu clínica, por WhatsApp.",
                "en", "Your clinic's front desk, on WhatsApp.",
                "pt-BR", "A recepção da sua clínica, pelo WhatsApp.");
        words.forEach((language, tagline) -> {
            var visitor = new Browser(
                    installation.trusted, Installation.KEY_STORE_PASSWORD, installation.issuer(), Installation.CONSOLE);
            var page = visitor.openSignIn("verifier-of-a-visitor-who-only-looks", language)
                    .text()
                    .replace("&#39;", "'");
            assertThat(page)
                    .contains("css/recado.css")
                    .contains("lang=\"" + (language.isEmpty() ? "es" : language) + "\"");
            assertThat(page)
                    .contains(tagline)
                    .contains("Español")
                    .contains("English")
                    .contains("Português");
        });
    }

    @Test
    @Order(3)
    void only_the_administrator_the_owner_and_two_service_accounts_exist() {
        var keycloak = new AdminView(installation);

        assertThat(keycloak.usernames())
                .containsExactlyInAnyOrder(
                        ADMIN, OWNER, "service-account-recado-backend", "service-account-recado-integrations");
        assertThat(keycloak.clients())
                .containsExactlyInAnyOrder(
                        "recado-api",
                        "recado-backend",
                        "recado-console",
                        "recado-integrations",
                        "account",
                        "account-console",
                        "admin-cli",
                        "broker",
                        "realm-management",
                        "security-admin-console");
        assertThat(keycloak.rolesOf("recado-integrations")).containsExactly("manage-clients");
        assertThat(keycloak.rolesOf("recado-backend"))
                .containsExactlyInAnyOrder(
                        "manage-organizations", "manage-users", "view-users", "query-users", "view-events");
    }

    @Test
    @Order(4)
    void nobody_gets_a_token_for_a_password() {
        for (var client : new AdminView(installation).clients()) {
            var answer = browser.form(Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    client,
                    "username",
                    ADMIN,
                    "password",
                    "a long sentence of her own"));
            assertThat(answer.has("access_token")).as(client).isFalse();
        }
    }

    @Test
    @Order(5)
    void nothing_of_the_demo_lies_in_the_database_the_settings_or_the_jar() throws Exception {
        assertThat(traces("recado-dev", "dev-only", "losalmendros", "los-almendros", "recado.example"))
                .isEmpty();
        assertThat(installation.settings().values()).noneMatch(value -> value.contains("dev-only"));
        try (var jar = new JarFile(folder.resolve("recado-backend.jar").toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.contains("overlays") || name.startsWith("BOOT-INF/classes/demo"));
        }
    }

    @Test
    @Order(6)
    void provisioning_again_changes_nothing_and_repairs_what_somebody_widened() {
        var again = installation.inImage(Documents.installStep("identity"));
        assertThat(installation.image.succeed(again)).doesNotContain("Changed").contains("as this version expects");

        new AdminView(installation).grant("recado-integrations", "manage-users");
        assertThat(installation.image.succeed(again)).contains("roles of recado-integrations: removed [manage-users]");
        assertThat(new AdminView(installation).rolesOf("recado-integrations")).containsExactly("manage-clients");
    }

    @Test
    @Order(7)
    void a_second_first_administrator_is_refused() {
        var outcome = installation.image.run(
                installation.inImage(Documents.installStep("administrator").replace(ADMIN, "mallory@example.com")));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output()).contains("there is a platform administrator already");
    }

    @Test
    @Order(8)
    void preparing_and_migrating_again_is_harmless_and_the_image_of_the_backend_does_it_with_its_own_command() {
        assertThat(installation.image.succeed(installation.inImage(Documents.installStep("database"))))
                .contains("Roles and schemas are ready.")
                .contains("The schema is up to date.");
    }

    @Test
    @Order(9)
    void probes_answer_on_the_inner_port_and_a_foreign_host_name_gets_nothing() throws Exception {
        for (var probe : List.of("liveness", "readiness")) {
            assertThat(status("http://127.0.0.1:" + installation.managementPort + "/actuator/health/" + probe))
                    .isEqualTo(200);
        }
        assertThat(status("http://127.0.0.1:" + installation.backendPort + "/api/console-config"))
                .isEqualTo(421);
    }

    @Test
    @Order(10)
    void the_backend_says_which_setting_keeps_it_from_starting() {
        var outcome = installation.image.run(installation.inImage("set -a; . ./recado.env; set +a\n"
                + "export RECADO_HTTP_PORT=" + Ports.free() + " RECADO_ALLOWED_CLIENTS=recado-console,recado-dev"
                + " RECADO_GATEWAY_TOKEN=dev-only-1234567890123456\njava -jar recado-backend.jar"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("RECADO_ALLOWED_CLIENTS names recado-dev")
                .contains("RECADO_GATEWAY_TOKEN is a development")
                .doesNotContain("1234567890123456");
    }

    /** {@code AOTMode=on}: a JVM that could not use it would have refused to start. */
    @Test
    @Order(11)
    void the_image_of_the_backend_starts_from_what_the_jvm_kept_while_it_was_built() throws IOException {
        assertThat(Files.size(folder.resolve("image/recado-backend.aot"))).isPositive();
        assertThat(installation.backend.isAlive()).isTrue();
    }

    @Test
    @Order(12)
    void the_image_of_the_console_answers_as_the_backend_would() throws Exception {
        var console = new ConsoleImage(folder, installation.issuer());
        var served = "http://127.0.0.1:" + console.port;
        var page = answer(served + "/");
        var backend = answer(installation.backendUrl() + "/api/console-config");

        assertThat(page.body()).contains("<title>Recado</title>");
        for (var header : List.of(
                "Content-Security-Policy",
                "X-Content-Type-Options",
                "X-Frame-Options",
                "Referrer-Policy",
                "Permissions-Policy",
                "Strict-Transport-Security")) {
            assertThat(page.headers().firstValue(header))
                    .as(header)
                    .isPresent()
                    .isEqualTo(backend.headers().firstValue(header));
        }
        assertThat(answer(served + "/agenda/2026-11-22").body()).isEqualTo(page.body());
        assertThat(answer(served + "/reservar/los-almendros").body()).contains("<title>Reservar</title>");
        assertThat(answer(served + "/assets/index-1a2b3c.js").headers().firstValue("Cache-Control"))
                .hasValue("max-age=31536000, public, immutable");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        for (var nothing : List.of("/assets/gone.js", "/api/v1/me", "/internal/v1/gateway/events", "/v3/api-docs")) {
            assertThat(status(served + nothing)).as(nothing).isEqualTo(404);
        }
        assertThat(page.headers().firstValue("Server")).hasValue("nginx");
        console.nginx.close();
    }

    @Test
    @Order(13)
    void the_jar_tells_what_it_is_made_of() throws Exception {
        try (var jar = new JarFile(folder.resolve("recado-backend.jar").toFile());
                var parts = jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))) {
            assertThat(new String(parts.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"bomFormat\" : \"CycloneDX\"")
                    .contains("spring-webmvc")
                    .doesNotContain("recado-devstack");
        }
    }

    @Test
    @Order(14)
    void the_dashboard_of_one_clinic_is_read_by_a_role_that_sees_states_and_times_alone() throws Exception {
        try (var database = DriverManager.getConnection(
                        installation.setting("RECADO_DATABASE_URL"),
                        "postgres",
                        installation.setting("RECADO_DATABASE_ADMIN_PASSWORD"));
                var statement = database.createStatement()) {
            statement.execute(Documents.read(Chart.FOLDER.resolve("monitoring/grafana-role.sql"))
                    .replace(":'password'", "'only-for-this-run'"));
        }
        try (var grafana = DriverManager.getConnection(
                        installation.setting("RECADO_DATABASE_URL"), "recado_grafana", "only-for-this-run");
                var statement = grafana.createStatement()) {
            assertThat(WatchedNames.statements()).hasSizeGreaterThan(5);
            for (var question : WatchedNames.statements()) {
                statement.executeQuery(question.text()).close();
            }
            for (var forbidden : List.of(
                    "select given_name from recado.patient",
                    "select text from recado.message",
                    "select name from recado.whatsapp_line",
                    "select url from recado.webhook_endpoint",
                    "update recado.message set ready = true")) {
                assertThatThrownBy(() -> statement.execute(forbidden)).isInstanceOf(SQLException.class);
            }
        }
    }

    /** Last: it ends the gateway. */
    @Test
    @Order(15)
    void every_number_that_alerts_and_dashboards_name_exists_and_people_are_told_of_a_gateway_that_died(
            @TempDir Path data) throws Exception {
        status(installation.backendUrl() + "/api/health"); // so that a request was counted
        try (var watching = new Watching(data, installation.managementPort, installation.gatewayMetricsPort)) {
            await(() -> watching.query("up == 1").size() == 2);
            await(() -> watching.known().containsAll(WatchedNames.metrics()));
            assertThat(watching.known()).containsAll(WatchedNames.metrics());
            for (var question : WatchedNames.questions()) {
                assertThat(watching.query(question.text()).isArray())
                        .as(question.where())
                        .isTrue();
            }
            assertThat(watching.query("http_server_requests_seconds_bucket{le=\"1.0\"}"))
                    .isNotEmpty();
            // Nothing archives here, which is what this one says.
            await(() -> List.of("RecadoNotArchived").containsAll(watching.firing()));
            assertThat(watching.firing()).isSubsetOf("RecadoNotArchived");

            installation.gateway.close();
            var told = watching.toldOf("RecadoReplicaDown", java.time.Duration.ofSeconds(40));
            assertThat(told).isNotNull();
            assertThat(String.valueOf(told)).contains("gateway", "docs/runbooks/RecadoReplicaDown.md");
        }
    }

    private static void await(java.util.function.BooleanSupplier reached) throws InterruptedException {
        long end = System.nanoTime() + java.time.Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(500);
        }
    }

    /** As the proxy in front would ask, so that the backend knows the browser came encrypted. */
    private static HttpResponse<String> answer(String address) throws IOException, InterruptedException {
        return client().send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("X-Forwarded-Proto", "https")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Every table of every schema, row by row as text. */
    private List<String> traces(String... words) throws SQLException {
        var found = new ArrayList<String>();
        try (var database = DriverManager.getConnection(
                        installation.setting("RECADO_DATABASE_URL"),
                        "postgres",
                        installation.setting("RECADO_DATABASE_ADMIN_PASSWORD"));
                var tables = database.createStatement();
                var rows = tables.executeQuery("select format('%I.%I', schemaname, tablename) from pg_tables"
                        + " where schemaname in ('recado', 'gateway', 'keycloak')")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            assertThat(names).hasSizeGreaterThan(50);
            for (var name : names) {
                try (var look =
                        database.prepareStatement("select count(*) from " + name + " t where t::text ilike any (?)")) {
                    look.setArray(
                            1,
                            database.createArrayOf(
                                    "text",
                                    java.util.Arrays.stream(words)
                                            .map(word -> "%" + word + "%")
                                            .toArray()));
                    var counted = look.executeQuery();
                    counted.next();
                    if (counted.getInt(1) > 0) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }

    private HttpResponse<String> api(String token, String path, String body) throws IOException, InterruptedException {
        return client().send(
                        HttpRequest.newBuilder(URI.create(installation.backendUrl() + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "first-clinic-of-this-installation")
                                .header("X-Forwarded-Proto", "https")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static int status(String address) throws IOException, InterruptedException {
        return client().send(
                        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
