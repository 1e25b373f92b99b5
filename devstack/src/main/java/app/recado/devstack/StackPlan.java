package app.recado.devstack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./dev up} is going to start, decided from the environment before anything runs.
 *
 * @param data folder of this network's data; the two networks never share one
 * @param demo whether demo clinics are seeded
 * @param simulator whether simulated phones run
 * @param allowedRecipients E.164 numbers that may get messages on the real network
 * @param sendToAnyone lifts that limit
 * @param variant what a drill wants otherwise
 */
record StackPlan(
        Network network,
        Path data,
        Map<Port, Integer> ports,
        boolean demo,
        boolean simulator,
        List<String> allowedRecipients,
        boolean sendToAnyone,
        String typing,
        Variant variant) {

    /**
     * In what a drill's stack differs from the one that people start.
     *
     * @param replicas how many backends and how many gateways run; with more than one, each kind behind one address
     * @param archive folder that takes PostgreSQL's write-ahead log; null archives nothing
     * @param release folder with the programs of another release, {@code recado-backend.jar} and {@code gateway}; null runs
     *     this checkout's
     * @param pooled whether backends reach PostgreSQL through PgBouncer in transaction mode
     * @param backendSettings of backends, besides what every stack has
     */
    record Variant(
            int replicas,
            @Nullable Path archive,
            @Nullable Path release,
            boolean pooled,
            Map<String, String> backendSettings) {

        static final Variant NONE = new Variant(1, null, null, false, Map.of());
    }

    /** A port people may move, and the variable that moves it. */
    enum Port {
        HTTP("RECADO_HTTP_PORT", 8080, "console and API"),
        KEYCLOAK("RECADO_KEYCLOAK_PORT", 8180, "Keycloak"),
        POSTGRES("RECADO_POSTGRES_PORT", 5433, "PostgreSQL"),
        GATEWAY("RECADO_GATEWAY_PORT", 8090, "gateway"),
        SIMULATOR("RECADO_SIMULATOR_PORT", 8091, "simulator"),
        MAIL("RECADO_MAIL_PORT", 8125, "mail catcher"),
        MAIL_PAGE("RECADO_MAIL_PAGE_PORT", 8092, "mail page");

        final String variable;
        final int standard;
        final String title;

        Port(String variable, int standard, String title) {
            this.variable = variable;
            this.standard = standard;
            this.title = title;
        }
    }

    /** The plan for persistent data under {@code .recado/}. */
    static StackPlan from(Map<String, String> environment) {
        var network = Network.parse(environment.getOrDefault("RECADO_WHATSAPP_NETWORK", "simulator"));
        var simulated = network == Network.SIMULATOR;
        var ports = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            if (simulated || port != Port.SIMULATOR) {
                ports.put(port, number(environment, port));
            }
        }
        var allowed = Arrays.stream(environment
                        .getOrDefault("RECADO_ALLOWED_RECIPIENTS", "")
                        .split(",", -1))
                .map(String::strip)
                .filter(phone -> !phone.isEmpty())
                .toList();
        for (var phone : allowed) {
            if (!phone.matches("\\+[1-9][0-9]{6,14}")) {
                throw new DevstackException(
                        "RECADO_ALLOWED_RECIPIENTS takes numbers like +5491123456789, separated by commas.");
            }
        }
        return new StackPlan(
                network,
                Folders.cache().resolve(network.wireName()),
                Map.copyOf(ports),
                simulated && !"none".equals(environment.get("RECADO_SEED")),
                simulated,
                allowed,
                "yes".equals(environment.get("RECADO_SEND_TO_ANYONE")),
                environment.getOrDefault("RECADO_GATEWAY_TYPING", "human"),
                Variant.NONE);
    }

    /** A plan for one test run: free ports, throw-away data, simulated phones that answer without typing pauses. */
    static StackPlan ephemeral(Path data, boolean demo) {
        var ports = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            ports.put(port, Ports.free());
        }
        return new StackPlan(
                Network.SIMULATOR, data, Map.copyOf(ports), demo, true, List.of(), false, "off", Variant.NONE);
    }

    /** The same with so many backends and gateways. */
    StackPlan withReplicas(int number) {
        return with(new Variant(number, archive(), release(), pooled(), backendSettings()));
    }

    /** The same with the write-ahead log archived in a folder. */
    StackPlan archivedTo(Path folder) {
        return with(new Variant(replicas(), folder, release(), pooled(), backendSettings()));
    }

    /** The same with backend and gateway of another release. */
    StackPlan ofRelease(Path folder) {
        return with(new Variant(replicas(), archive(), folder, pooled(), backendSettings()));
    }

    /** The same with PgBouncer before PostgreSQL. */
    StackPlan withPooler() {
        return with(new Variant(replicas(), archive(), release(), true, backendSettings()));
    }

    /** The same with more settings of its backends, by the names of docs/configuration.md. */
    StackPlan backendsWith(Map<String, String> settings) {
        return with(new Variant(replicas(), archive(), release(), pooled(), settings));
    }

    private StackPlan with(Variant other) {
        return new StackPlan(network, data, ports, demo, simulator, allowedRecipients, sendToAnyone, typing, other);
    }

    int replicas() {
        return variant.replicas();
    }

    @Nullable Path archive() {
        return variant.archive();
    }

    @Nullable Path release() {
        return variant.release();
    }

    boolean pooled() {
        return variant.pooled();
    }

    Map<String, String> backendSettings() {
        return variant.backendSettings();
    }

    /** The jar that backends run: another release's, or a copy of this checkout's for the part of this name. */
    Path backendJar(String part) {
        var release = release();
        return release == null ? BackendProcess.copyOfJar(run(part)) : release.resolve("recado-backend.jar");
    }

    /** The folder that gateways run from. */
    Path gatewayFolder() {
        var release = release();
        return release == null ? GatewayProcess.ownFolder() : release.resolve("gateway");
    }

    /** Demo staff can sign in only where simulated phones run; elsewhere there is one platform admin to begin with. */
    boolean demoPeople() {
        return simulator;
    }

    int port(Port port) {
        var number = ports.get(port);
        if (number == null) {
            throw new IllegalStateException("This plan has no " + port.title);
        }
        return number;
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path run(String file) {
        return data.resolve("run").resolve(file);
    }

    /** Where backend and gateway keep pictures and documents. */
    String mediaStore() {
        return "file://" + data.resolve("media").toAbsolutePath();
    }

    String consoleUrl() {
        return "http://localhost:" + port(Port.HTTP);
    }

    private static int number(Map<String, String> environment, Port port) {
        var text = environment.get(port.variable);
        if (text == null || text.isBlank()) {
            return port.standard;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new DevstackException("%s is \"%s\"; it takes a port number.".formatted(port.variable, text));
        }
        return Integer.parseInt(text);
    }
}
