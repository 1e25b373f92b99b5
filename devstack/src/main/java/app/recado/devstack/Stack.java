package app.recado.devstack;

import app.recado.devstack.GatewayProcess.Reach;
import app.recado.devstack.StackPlan.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everything Recado runs on, started in order and answering. */
public final class Stack implements AutoCloseable {
    /** Environment of a command under {@code run-with-stack}: the realm's issuer. */
    static final String ISSUER = "RECADO_OIDC_ISSUER";

    /** Environment of a command under {@code run-with-stack}: the password of all demo accounts. */
    static final String DEMO_PASSWORD = "RECADO_DEMO_PASSWORD";

    private final StackPlan plan;
    private final Secrets secrets;
    private final PostgresServer postgres;
    private final KeycloakServer keycloak;
    private final MailCatcher mail;
    private final MailPage mailPage;
    private final @Nullable PgBouncerProcess pooler;
    private final @Nullable SimulatorProcess simulator;
    private final List<GatewayProcess> gateways;
    private final List<BackendProcess> backends;
    private final Map<Port, LoadBalancer> balancers = new EnumMap<>(Port.class);

    private Stack(StackPlan plan, Secrets secrets, Progress progress) {
        this.plan = plan;
        this.secrets = secrets;
        this.postgres = progress.step("PostgreSQL " + Versions.postgres(), this::startPostgres);
        this.mail = MailCatcher.start(plan.port(Port.MAIL));
        this.mailPage = MailPage.start(plan.port(Port.MAIL_PAGE), mail);
        this.pooler = plan.pooled() ? progress.step("PgBouncer", this::startPooler) : null;
        var identity = keycloakSettings();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            // None of the three needs another one to start: each asks again until it answers.
            var signIn = CompletableFuture.supplyAsync(
                    () -> progress.step(
                            KeycloakInstallation.optimised()
                                    ? "Keycloak " + Versions.keycloak()
                                    : "Keycloak " + Versions.keycloak() + " (optimised once, then faster)",
                            () -> startKeycloak(identity)),
                    executor);
            var api = CompletableFuture.supplyAsync(
                    () -> progress.step("backend and console", () -> startBackends(identity)), executor);
            this.simulator = plan.simulator() ? progress.step("simulated phones", this::startSimulator) : null;
            this.gateways = progress.step("gateway", this::startGateways);
            this.keycloak = join(signIn);
            this.backends = join(api);
        }
    }

    /** Starts what the plan says. When a part fails, those already running are stopped with this JVM. */
    static Stack start(StackPlan plan, Progress progress) {
        NetworkGuard.claim(plan);
        Folders.create(plan.logs());
        return new Stack(plan, Secrets.in(plan.data()), progress);
    }

    /** A whole stack of its own on free ports with throw-away data; it ends with this JVM at the latest. */
    public static Stack ephemeral() {
        return ephemeral(1);
    }

    /** The same with so many backends and gateways, each kind behind one address. */
    static Stack ephemeral(int replicas) {
        var data = Folders.temporary("stack");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(data)));
        return start(StackPlan.ephemeral(data, false).withReplicas(replicas), Progress.silent());
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public KeycloakServer keycloak() {
        return keycloak;
    }

    public MailCatcher mail() {
        return mail;
    }

    /** The page on which caught mails are read. */
    public String mailUrl() {
        return mailPage.url();
    }

    public GatewayProcess gateway() {
        return gateways.getFirst();
    }

    List<GatewayProcess> gateways() {
        return gateways;
    }

    /** The simulated phones; refused on a stack that runs on the real network. */
    public SimulatorProcess simulator() {
        if (simulator == null) {
            throw new IllegalStateException("This stack has no simulated phones");
        }
        return simulator;
    }

    public BackendProcess backend() {
        return backends.getFirst();
    }

    List<BackendProcess> backends() {
        return backends;
    }

    /** Where clients reach the API, whichever backend answers. */
    String apiUrl() {
        return plan.consoleUrl() + "/api/v1";
    }

    /** Cuts the open connections to all replicas of one kind. @return how many */
    int cut(Port port) {
        var balancer = balancers.get(port);
        return balancer == null ? 0 : balancer.cut();
    }

    /**
     * Takes a replica out of its kind's address, as a cluster does before it stops one: it gets no new connections, and
     * those it has are given a moment to end.
     */
    void withdraw(Port kind, int port, Duration atMost) {
        var balancer = balancers.get(kind);
        if (balancer != null) {
            balancer.withdraw(port);
            Waiting.until(atMost, () -> balancer.openTo(port) == 0);
        }
    }

    /** The opposite of {@link #withdraw}. */
    void giveBack(Port kind, int port) {
        var balancer = balancers.get(kind);
        if (balancer != null) {
            balancer.add(port);
        }
    }

    StackPlan plan() {
        return plan;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Fills empty clinics with a plausible week, through the API, as their own staff. */
    public void seedDemo() {
        new DemoSeed(backend().url(), keycloak).run();
    }

    /** What browser tests and scripts need to know about this stack. */
    public Map<String, String> testEnvironment() {
        var environment = new HashMap<String, String>();
        environment.put("RECADO_BASE_URL", plan.consoleUrl());
        environment.put(ISSUER, keycloak.issuer());
        environment.put(DEMO_PASSWORD, keycloak.demoPassword());
        environment.put("RECADO_MAIL_URL", mailUrl());
        environment.put("RECADO_GATEWAY_URL", gatewayUrl());
        environment.put("RECADO_LOGS", plan.logs().toString());
        if (simulator != null) {
            environment.put("RECADO_SIMULATOR_URL", simulator.url());
            environment.put("RECADO_SIMULATOR_TOKEN", simulator.token());
        }
        return environment;
    }

    /** Every part that is a process, in the order in which they stop. */
    List<RestartableServer> servers() {
        var all = new ArrayList<RestartableServer>();
        all.addAll(backends);
        all.addAll(gateways);
        if (simulator != null) {
            all.add(simulator);
        }
        all.add(keycloak);
        all.add(postgres);
        return all;
    }

    @Override
    public void close() {
        servers().forEach(RestartableServer::close);
        if (pooler != null) {
            pooler.close();
        }
        balancers.values().forEach(LoadBalancer::close);
        mailPage.close();
        mail.close();
    }

    private PgBouncerProcess startPooler() {
        return PgBouncerProcess.start(postgres, plan.data().resolve("pgbouncer"), plan.log("pgbouncer"));
    }

    private PostgresServer startPostgres() {
        var server = PostgresServer.start(new PostgresServer.Settings(
                plan.data().resolve("postgres"),
                plan.port(Port.POSTGRES),
                secrets.postgres(),
                plan.log("postgresql"),
                true,
                plan.archive()));
        server.remember(plan.run("postgresql.pid"));
        server.createDatabase("recado");
        NetworkGuard.check(server.recado(), plan.network());
        return server;
    }

    /** Ports of so many replicas: the plan's own for one, free ones behind its address for more. */
    private synchronized List<Integer> ports(Port port) {
        if (plan.replicas() == 1) {
            return List.of(plan.port(port));
        }
        var free = IntStream.range(0, plan.replicas())
                .mapToObj(number -> Ports.free())
                .toList();
        balancers.put(port, LoadBalancer.start(plan.port(port), free));
        return free;
    }

    /** {@code backend} for the first replica, {@code backend-2} for the second. */
    private static String numbered(String part, int number) {
        return number == 0 ? part : part + "-" + (number + 1);
    }

    String gatewayUrl() {
        return "http://127.0.0.1:" + plan.port(Port.GATEWAY);
    }

    private KeycloakServer.Settings keycloakSettings() {
        return new KeycloakServer.Settings(
                plan.data().resolve("keycloak"),
                plan.port(Port.KEYCLOAK),
                Ports.free(),
                postgres.recado(),
                postgres.password("keycloak"),
                plan.consoleUrl(),
                plan.port(Port.MAIL),
                secrets.get("keycloak.client"),
                secrets.get("keycloak.integrations"),
                secrets.get("keycloak.admin"),
                secrets.get("demo.password"),
                plan.demoPeople(),
                plan.log("keycloak"));
    }

    private KeycloakServer startKeycloak(KeycloakServer.Settings settings) {
        var server = KeycloakServer.start(settings);
        server.remember(plan.run("keycloak.pid"));
        return server;
    }

    private SimulatorProcess startSimulator() {
        var process = SimulatorProcess.start(new SimulatorProcess.Settings(
                plan.port(Port.SIMULATOR),
                plan.data().resolve("phones"),
                secrets.get("simulator.token"),
                plan.log("simulator")));
        process.remember(plan.run("simulator.pid"));
        return process;
    }

    private List<GatewayProcess> startGateways() {
        var all = new ArrayList<GatewayProcess>();
        for (var port : ports(Port.GATEWAY)) {
            all.add(startGateway(port, numbered("gateway", all.size())));
        }
        return List.copyOf(all);
    }

    private GatewayProcess startGateway(int port, String name) {
        var reach = simulator == null
                ? new Reach.Real(plan.allowedRecipients(), plan.sendToAnyone())
                : new Reach.Simulated(simulator.chatUrl());
        var process = GatewayProcess.start(new GatewayProcess.Settings(
                port,
                postgres.recado().url("gateway"),
                secrets.get("gateway.token"),
                "http://127.0.0.1:" + plan.port(Port.HTTP) + "/internal/v1/gateway/events",
                secrets.get("gateway.events"),
                secrets.get("gateway.credentials"),
                plan.typing(),
                reach,
                plan.mediaStore(),
                plan.gatewayFolder(),
                plan.log(name)));
        process.remember(plan.run(name + ".pid"));
        return process;
    }

    /** One after another: the first makes the tables. */
    private List<BackendProcess> startBackends(KeycloakServer.Settings identity) {
        var all = new ArrayList<BackendProcess>();
        for (var port : ports(Port.HTTP)) {
            all.add(startBackend(identity, port, numbered("backend", all.size())));
        }
        return List.copyOf(all);
    }

    private BackendProcess startBackend(KeycloakServer.Settings identity, int port, String name) {
        var environment = new HashMap<String, String>();
        environment.putAll(postgres.recado().backendEnvironment());
        if (pooler != null) {
            environment.put("RECADO_DATABASE_DIRECT_URL", postgres.recado().jdbcUrl());
            environment.put("RECADO_DATABASE_URL", pooler.jdbcUrl());
        }
        environment.putAll(identity.backendEnvironment());
        environment.put("RECADO_PROFILE", "dev");
        environment.put("RECADO_CURSOR_KEY", secrets.get("backend.cursor"));
        environment.put("RECADO_CREDENTIALS_KEY", secrets.get("backend.credentials"));
        // Receivers under development run beside Recado.
        environment.put("RECADO_WEBHOOKS_ALLOWED_HOSTS", "localhost,127.0.0.1");
        environment.put("RECADO_CHATWOOT_ALLOWED_HOSTS", "localhost,127.0.0.1");
        // A model of one's own, or the scripted one of the stories, may run here, too.
        environment.put("RECADO_ASSISTANT_PRIVATE_HOSTS", "localhost,127.0.0.1");
        environment.put("RECADO_GATEWAY_URL", gatewayUrl());
        environment.put("RECADO_GATEWAY_TOKEN", secrets.get("gateway.token"));
        environment.put("RECADO_GATEWAY_EVENTS_SECRET", secrets.get("gateway.events"));
        // One person drives scripts, the seed and a browser at once here; production keeps the stricter default.
        environment.put("RECADO_REQUESTLIMIT_BURST", "1000");
        environment.put("RECADO_REQUESTLIMIT_PERMINUTE", "6000");
        environment.put("RECADO_REQUESTLIMIT_PUBLICPERMINUTE", "6000");
        environment.put("RECADO_REQUESTLIMIT_PROGRAMSPERMINUTE", "6000");
        environment.put("RECADO_SIMULATED", Boolean.toString(plan.simulator()));
        environment.put("RECADO_MEDIA_STORE", plan.mediaStore());
        environment.put("RECADO_SMTP_HOST", "127.0.0.1");
        environment.put("RECADO_SMTP_PORT", Integer.toString(mail.smtpPort()));
        environment.put("RECADO_SMTP_STARTTLS", "false");
        environment.put("RECADO_CONSOLE_URL", plan.consoleUrl());
        environment.put("RECADO_CONSOLE_FILES", "file:" + Folders.root().resolve("frontend/dist") + "/");
        environment.putAll(plan.backendSettings());
        var process = BackendProcess.start(new BackendProcess.Settings(
                port, BackendProcess.QUICK_START, plan.backendJar(name), environment, plan.log(name)));
        process.remember(plan.run(name + ".pid"));
        return process;
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Tells the person waiting how far the start is. */
    interface Progress {
        <T> T step(String what, Supplier<T> work);

        static Progress silent() {
            return new Progress() {
                @Override
                public <T> T step(String what, Supplier<T> work) {
                    return work.get();
                }
            };
        }
    }
}
