package app.recado.devstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Keycloak as production runs it: encrypted, without any realm but its own, and administered by a client instead of a
 * person. What Recado needs in it is put there by Recado's own command.
 */
public final class ProductionKeycloak implements AutoCloseable {
    private final Child child;
    private final Settings settings;

    private ProductionKeycloak(Child child, Settings settings) {
        this.child = child;
        this.settings = settings;
    }

    /**
     * How to run it.
     *
     * @param jdbcUrl a database in which {@code recado_keycloak} owns the schema {@code keycloak}
     * @param setupSecret of the client {@code recado-setup} of the master realm
     * @param keyStore PKCS#12 with the certificate of {@code localhost}
     */
    public record Settings(
            int port,
            String jdbcUrl,
            String databasePassword,
            String setupSecret,
            Path keyStore,
            String keyStorePassword,
            Path log) {}

    /** Starts it and waits until it is ready. */
    public static ProductionKeycloak start(Settings settings) {
        var installation = KeycloakInstallation.ready();
        var home = Folders.temporary("keycloak");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(home)));
        KeycloakInstallation.layOut(installation, home, "");
        Folders.delete(home.resolve("data/import"));
        var management = Ports.free();
        var options = new LinkedHashMap<String, String>();
        options.put("http-enabled", "false");
        options.put("http-host", "127.0.0.1");
        options.put("https-port", Integer.toString(settings.port()));
        options.put("https-key-store-file", settings.keyStore().toString());
        options.put("http-management-port", Integer.toString(management));
        options.put("http-management-scheme", "http");
        options.put("hostname", "https://localhost:" + settings.port());
        options.put("cache", "local");
        options.put("db-url", settings.jdbcUrl());
        options.put("db-username", "recado_keycloak");
        options.put("db-schema", "keycloak");
        var command = KeycloakInstallation.startCommand(installation, home, options);
        command.remove("--import-realm");
        var child = Child.start(new Child.Spec(
                "keycloak",
                command,
                home,
                Map.of(
                        "KC_DB_PASSWORD", settings.databasePassword(),
                        "KC_HTTPS_KEY_STORE_PASSWORD", settings.keyStorePassword(),
                        "KC_BOOTSTRAP_ADMIN_CLIENT_ID", "recado-setup",
                        "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET", settings.setupSecret()),
                settings.log(),
                "TERM"));
        child.awaitReady("http://127.0.0.1:" + management + "/health/ready", Duration.ofMinutes(5));
        return new ProductionKeycloak(child, settings);
    }

    /** E.g. {@code https://localhost:28443}. */
    public String url() {
        return "https://localhost:" + settings.port();
    }

    @Override
    public void close() {
        child.close();
    }
}
