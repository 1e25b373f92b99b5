package app.recado.kernel.production;

import app.recado.kernel.DatabaseAddress;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets {@code RECADO_DATABASE_URL} be a {@code postgres://} address. Credentials in it are the app role's, unless
 * {@code RECADO_DATABASE_APP_USER} and {@code RECADO_DATABASE_APP_PASSWORD} say otherwise. Where that address leads to a
 * pooler, migrations take {@code RECADO_DATABASE_DIRECT_URL}.
 */
public class DatabaseUrlReader implements EnvironmentPostProcessor, Ordered {

    private static final String URL = "RECADO_DATABASE_URL";
    private static final String DIRECT_URL = "RECADO_DATABASE_DIRECT_URL";
    private static final String MIGRATIONS_URL = "spring.liquibase.url";
    private static final String USER = "RECADO_DATABASE_APP_USER";
    private static final String PASSWORD = "RECADO_DATABASE_APP_PASSWORD";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> values = new HashMap<>();
        readUsual(environment, values);
        var direct = environment.getProperty(DIRECT_URL);
        if (direct != null && !direct.isBlank()) {
            var address = DatabaseAddress.parse(direct).jdbcUrl();
            values.put(DIRECT_URL, address);
            values.put(MIGRATIONS_URL, address);
        }
        if (!values.isEmpty()) {
            environment.getPropertySources().addFirst(new MapPropertySource("database address", values));
        }
    }

    private static void readUsual(ConfigurableEnvironment environment, Map<String, Object> values) {
        var text = environment.getProperty(URL);
        if (text == null || text.isBlank() || text.startsWith("jdbc:")) {
            return;
        }
        var address = DatabaseAddress.parse(text);
        values.put(URL, address.jdbcUrl());
        if (address.user() != null && !environment.containsProperty(USER)) {
            values.put(USER, address.user());
        }
        if (address.password() != null && !environment.containsProperty(PASSWORD)) {
            values.put(PASSWORD, address.password());
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 10;
    }
}
