package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of the servers, as the build decided them. */
final class Versions {
    private static final Properties ALL = load();

    private Versions() {}

    static String keycloak() {
        return ALL.getProperty("keycloak");
    }

    static String postgres() {
        return ALL.getProperty("postgres");
    }

    private static Properties load() {
        try (var in = Versions.class.getResourceAsStream("/devstack-versions.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
