package app.recado.devstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A real Keycloak with the development realm, on a PostgreSQL of ours. */
public final class KeycloakServer extends RestartableServer {
    private final Settings settings;

    private KeycloakServer(Settings settings) {
        super(launch(settings, Map.of()));
        this.settings = settings;
    }

    /**
     * How to run it.
     *
     * @param home its own folder, see {@link KeycloakInstallation#layOut}
     * @param consoleUrl where people come back to after signing in, without a slash at the end
     * @param smtpPort mail catcher on this machine
     * @param clientSecret of {@code recado-backend}
     * @param integrationsSecret of {@code recado-integrations}
     * @param adminPassword of {@code admin} in Keycloak's own console
     * @param demoPassword of every demo user
     * @param demoPeople whether clinic staff exist besides the platform admin
     */
    record Settings(
            Path home,
            int port,
            int managementPort,
            PostgresServer.Database database,
            String databasePassword,
            String consoleUrl,
            int smtpPort,
            String clientSecret,
            String integrationsSecret,
            String adminPassword,
            String demoPassword,
            boolean demoPeople,
            Path log) {

        String url() {
            return "http://localhost:" + port;
        }

        String issuer() {
            return url() + "/realms/recado";
        }

        /** The variables with which the backend finds this server, known before it runs. */
        Map<String, String> backendEnvironment() {
            return Map.of(
                    "RECADO_OIDC_ISSUER", issuer(),
                    "RECADO_KEYCLOAK_URL", url(),
                    "RECADO_KEYCLOAK_REALM", "recado",
                    "RECADO_KEYCLOAK_CLIENT_ID", "recado-backend",
                    "RECADO_KEYCLOAK_CLIENT_SECRET", clientSecret,
                    "RECADO_INTEGRATIONS_CLIENT_ID", "recado-integrations",
                    "RECADO_INTEGRATIONS_CLIENT_SECRET", integrationsSecret,
                    "RECADO_CONSOLE_CLIENT_ID", "recado-console",
                    "RECADO_ALLOWED_CLIENTS", "recado-console,recado-dev");
        }
    }

    /** One server for all who ask in this JVM, on {@link PostgresServer#shared()}. It stops by itself with the JVM. */
    public static KeycloakServer shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        private static final KeycloakServer INSTANCE = ephemeral(
                PostgresServer.shared(),
                "http://localhost:" + Ports.free(),
                MailCatcher.shared().smtpPort());
    }

    /** A server of its own with throw-away data, sending its mail to the given port of this machine. */
    public static KeycloakServer ephemeral(PostgresServer postgres, String consoleUrl, int smtpPort) {
        var folder = Folders.temporary("keycloak");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        return start(new Settings(
                folder,
                Ports.free(),
                Ports.free(),
                postgres.recado(),
                postgres.password("keycloak"),
                consoleUrl,
                smtpPort,
                PostgresServer.password(),
                PostgresServer.password(),
                PostgresServer.password(),
                PostgresServer.password(),
                true,
                folder.resolve("log")));
    }

    static KeycloakServer start(Settings settings) {
        return new KeycloakServer(settings);
    }

    @Override
    Child launch(Map<String, String> more) {
        return launch(settings, more);
    }

    private static Child launch(Settings settings, Map<String, String> more) {
        var installation = KeycloakInstallation.ready();
        var realm = settings.demoPeople() ? Realm.development() : Realm.developmentWithoutStaff();
        KeycloakInstallation.layOut(installation, settings.home(), Realm.write(realm));
        var options = new java.util.LinkedHashMap<String, String>();
        options.put("http-enabled", "true");
        options.put("http-host", "127.0.0.1");
        options.put("http-port", Integer.toString(settings.port()));
        options.put("http-management-port", Integer.toString(settings.managementPort()));
        options.put("hostname", settings.url());
        options.put("cache", "local");
        options.put("db-url", settings.database().jdbcUrl());
        options.put("db-username", "recado_keycloak");
        options.put("db-schema", "keycloak");
        options.put("db-pool-max-size", "20");
        // Its protection against guessing refuses a second sign-in of an account until the first is written down, which
        // is
        // after its answer: somebody who tries the API, or a test, signs in again sooner than that.
        options.put("spi-brute-force-protector--default-brute-force-detector--allow-concurrent-requests", "true");
        var environment = environment(settings);
        environment.putAll(more);
        return Child.start(new Child.Spec(
                        "keycloak",
                        KeycloakInstallation.startCommand(installation, settings.home(), options),
                        settings.home(),
                        environment,
                        settings.log(),
                        "TERM"))
                .awaitReady("http://127.0.0.1:" + settings.managementPort() + "/health/ready", Duration.ofMinutes(5));
    }

    /** Secrets go by environment, not by argument: arguments are visible to every user of the machine. */
    private static Map<String, String> environment(Settings settings) {
        var environment = new HashMap<String, String>();
        environment.put("KC_DB_PASSWORD", settings.databasePassword());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.adminPassword());
        environment.put("RECADO_CONSOLE_URL", settings.consoleUrl());
        environment.put("RECADO_KEYCLOAK_CLIENT_SECRET", settings.clientSecret());
        environment.put("RECADO_INTEGRATIONS_CLIENT_SECRET", settings.integrationsSecret());
        environment.put("RECADO_DEMO_PASSWORD", settings.demoPassword());
        environment.put("RECADO_SMTP_HOST", "127.0.0.1");
        environment.put("RECADO_SMTP_PORT", Integer.toString(settings.smtpPort()));
        environment.put("RECADO_SMTP_FROM", "no-reply@recado.example");
        environment.put("RECADO_SMTP_AUTH", "false");
        environment.put("RECADO_SMTP_USER", "");
        environment.put("RECADO_SMTP_PASSWORD", "");
        environment.put("RECADO_SMTP_STARTTLS", "false");
        environment.put("RECADO_SMTP_SSL", "false");
        return environment;
    }

    /** E.g. {@code http://localhost:8180}. */
    public String url() {
        return settings.url();
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return settings.issuer();
    }

    /** Secret of the backend's service account. */
    public String clientSecret() {
        return settings.clientSecret();
    }

    /** Password of every demo user, see {@code keycloak/overlays/development.json}. */
    public String demoPassword() {
        return settings.demoPassword();
    }

    /** An access token of a demo user for all organizations they belong to, through the token client recado-dev. */
    public String token(String username) {
        return tokens().of(username, settings.demoPassword(), "openid organization:*");
    }

    /** Tokens of this server. */
    public Tokens tokens() {
        return new Tokens(issuer());
    }

    /** People and organizations of this server, as the backend's service account sees them. */
    public KeycloakDirectory directory() {
        return new KeycloakDirectory(this);
    }

    /** The variables with which the backend finds this server. */
    public Map<String, String> backendEnvironment() {
        return settings.backendEnvironment();
    }
}
