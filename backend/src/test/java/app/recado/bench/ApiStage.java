package app.recado.bench;

import app.recado.devstack.BackendProcess;
import app.recado.devstack.Ports;
import app.recado.devstack.PostgresServer;
import app.recado.kernel.Ids;
import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL and one backend as processes, the backend from its jar and with the full compiler. The gateway behind it is a
 * stand-in in this JVM, so that a command's arrival is seen by the clock that saw the answer of its request; tokens are
 * signed and verified as Keycloak's are.
 */
final class ApiStage implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g");
    /** Base64 of 32 bytes; nothing here is worth protecting. */
    private static final String CURSOR_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PostgresServer postgres;
    private final TestIssuer issuer;
    private final BackendProcess backend;
    private final URI server;
    private final URI management;

    private ApiStage(PostgresServer postgres, TestIssuer issuer, BackendProcess backend, int management) {
        this.postgres = postgres;
        this.issuer = issuer;
        this.backend = backend;
        this.server = URI.create(backend.url().replace("localhost", "127.0.0.1"));
        this.management = URI.create("http://127.0.0.1:" + management);
    }

    static ApiStage open() throws SQLException, IOException {
        var postgres = PostgresServer.ephemeralAndDurable();
        try (var connection = postgres.recado().connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute("alter system set shared_buffers = '1GB'");
            statement.execute("alter system set max_wal_size = '8GB'");
            statement.execute("alter system set checkpoint_timeout = '30min'");
        }
        postgres.restart();
        var issuer = TestIssuer.open();
        var folder = Files.createTempDirectory("recado-bench");
        var environment = new HashMap<>(postgres.recado().backendEnvironment());
        environment.put("RECADO_OIDC_ISSUER", issuer.url());
        environment.put("RECADO_KEYCLOAK_URL", "http://127.0.0.1:9");
        environment.put("RECADO_KEYCLOAK_CLIENT_SECRET", "unused");
        environment.put("RECADO_PROFILE", "dev");
        environment.put("RECADO_CURSOR_KEY", CURSOR_KEY);
        environment.put("RECADO_GATEWAY_URL", FakeGateway.shared().url());
        environment.put("RECADO_GATEWAY_TOKEN", FakeGateway.TOKEN);
        environment.put("RECADO_GATEWAY_EVENTS_SECRET", FakeGateway.EVENTS_SECRET);
        environment.put("RECADO_REQUESTLIMIT_BURST", "100000000");
        environment.put("RECADO_REQUESTLIMIT_PERMINUTE", "100000000");
        environment.put("RECADO_SIMULATED", "true");
        environment.put("RECADO_MEDIA_STORE", "file://" + folder.resolve("media"));
        environment.put("RECADO_MESSAGING_WORKER", "false");
        int management = Ports.free();
        environment.put("RECADO_MANAGEMENT_PORT", Integer.toString(management));
        var options = new ArrayList<>(OPTIONS);
        options.addAll(List.of(System.getProperty("recado.bench.options", "").split(" ")));
        options.remove("");
        var backend = BackendProcess.start(new BackendProcess.Settings(
                Ports.free(), options, BackendProcess.copyOfJar(folder), environment, log(folder)));
        return new ApiStage(postgres, issuer, backend, management);
    }

    private static Path log(Path folder) {
        return folder.resolve("backend.log");
    }

    /** The backend stops and comes back with its worker on. */
    void work() {
        backend.restart(Map.of("RECADO_MESSAGING_WORKER", "true"));
    }

    /** Reads all metrics, as a monitor does. */
    String scrape() throws IOException {
        try (var connection = new ApiConnection(management)) {
            return connection
                    .send(ApiConnection.request("GET", "/actuator/prometheus", "", ""))
                    .orFail()
                    .text();
        }
    }

    PostgresServer postgres() {
        return postgres;
    }

    URI server() {
        return server;
    }

    long backendPid() {
        return backend.pid();
    }

    /** A clinic with a practitioner, a service and a linked line. */
    Clinic clinic(String name) throws SQLException, IOException {
        var clinic = new Clinic(Ids.next());
        try (var database = postgres.recado().connectAsSuperuser();
                var insert = database.prepareStatement("""
                        insert into recado.organization (id, name, alias, country, time_zone, locale, visit_word, state, created_at)
                        values (?, ?, ?, 'AR', 'America/Argentina/Buenos_Aires', 'es', 'turno', 'active', now())
                        """)) {
            insert.setObject(1, clinic.id);
            insert.setString(2, "Clínica " + name);
            insert.setString(3, name);
            insert.execute();
            try (var rules = database.prepareStatement("""
                    insert into recado.notification_rule (organization_id, id, trigger, minutes, active, created_at, created_by,
                                                          version)
                    select ?, uuidv7(), t.trigger, t.minutes, true, now(), 'bench', 0
                      from (values ('booked', null), ('moved', null), ('cancelled', null), ('before-visit', 1440))
                           as t (trigger, minutes)
                    """)) {
                rules.setObject(1, clinic.id);
                rules.execute();
            }
        }
        try (var connection = new ApiConnection(server)) {
            clinic.link(connection);
        }
        return clinic;
    }

    private static String headers(String token) {
        return "Authorization: Bearer " + token + "\r\nAccept: application/json\r\n";
    }

    static String key() {
        return "Idempotency-Key: " + UUID.randomUUID() + "\r\n";
    }

    /** One clinic's API, asked by its owner. */
    final class Clinic {
        final UUID id;
        private final String path;
        private final String headers;
        private UUID line = new UUID(0, 0);
        private UUID service = new UUID(0, 0);
        private UUID practitioner = new UUID(0, 0);

        private Clinic(UUID id) {
            this.id = id;
            this.path = "/api/v1/organizations/" + id;
            this.headers = headers(issuer.member("owner-" + id, id, List.of(Allow.OWNER)));
        }

        byte[] get(String below) {
            return ApiConnection.request("GET", path + below, headers, "");
        }

        byte[] post(String below, Map<String, ?> body) {
            return post(below, "", body);
        }

        /** @param more headers beside the token */
        byte[] post(String below, String more, Map<String, ?> body) {
            return ApiConnection.request("POST", path + below, headers + more, JSON.writeValueAsString(body));
        }

        /** @param more headers beside the token */
        byte[] put(String below, String more, Map<String, ?> body) {
            return ApiConnection.request("PUT", path + below, headers + more, JSON.writeValueAsString(body));
        }

        byte[] upload(String below, byte[] file) {
            return ApiConnection.request("POST", path + below, headers + key(), "application/octet-stream", file);
        }

        /** All patients as a file. */
        byte[] exported() {
            return ApiConnection.request(
                    "GET", path + "/patients/export", headers.replace("application/json", "text/csv"), "");
        }

        UUID line() {
            return line;
        }

        UUID service() {
            return service;
        }

        UUID practitioner() {
            return practitioner;
        }

        private UUID create(ApiConnection connection, String below, Map<String, ?> body) throws IOException {
            return UUID.fromString(
                    connection.send(post(below, key(), body)).orFail().location());
        }

        private void link(ApiConnection connection) throws IOException {
            practitioner = create(connection, "/practitioners", Map.of("displayName", "Dra. Gómez"));
            service = create(connection, "/healthcare-services", Map.of("name", "Control", "durationMinutes", 30));
            line = create(connection, "/whatsapp-lines", Map.of("name", "Recepción"));
            FakeGateway.shared().line(line).state = "linked";
            FakeGateway.shared().line(line).organizationId = id.toString();
            var voice = new GatewayVoice(new Api(backend.url(), Map.of()), Clock.systemUTC(), id, line);
            voice.deliver(voice.lineIs("linked", "none"));
        }

        UUID patient(ApiConnection connection, String phone) throws IOException {
            return create(connection, "/patients", Map.of("givenName", "Ana", "familyName", "Núñez", "phone", phone));
        }
    }

    static JsonNode json(ApiConnection.Answer answer) {
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        backend.close();
        issuer.close();
        postgres.close();
    }
}
