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
 * {@code RECADO_DATABASE_APP_USER} and {@code RECADO_DATABASE_APP_PASSWORD} say otherwise.
 */
public class DatabaseUrlReader implements EnvironmentPostProcessor, Ordered {

    private static final String URL = "RECADO_DATABASE_URL";
    private static final String USER = "RECADO_DATABASE_APP_USER";
    private static final String PASSWORD = "RECADO_DATABASE_APP_PASSWORD";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var text = environment.getProperty(URL);
        if (text == null || text.isBlank() || text.startsWith("jdbc:")) {
            return;
        }
        var address = DatabaseAddress.parse(text);
        Map<String, Object> values = new HashMap<>();
        values.put(URL, address.jdbcUrl());
        if (address.user() != null && !environment.containsProperty(USER)) {
            values.put(USER, address.user());
        }
        if (address.password() != null && !environment.containsProperty(PASSWORD)) {
            values.put(PASSWORD, address.password());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("database address", values));
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 10;
    }
}
