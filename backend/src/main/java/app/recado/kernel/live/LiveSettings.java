package app.recado.kernel.live;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where live updates come from.
 *
 * @param databaseUrl JDBC address that leads to PostgreSQL itself; blank when the usual one does
 */
@ConfigurationProperties("recado.live")
record LiveSettings(@DefaultValue("") String databaseUrl) {

    /** The database as the application knows it, by the direct address. */
    JdbcConnectionDetails direct(JdbcConnectionDetails usual) {
        if (databaseUrl.isBlank()) {
            return usual;
        }
        return new JdbcConnectionDetails() {
            @Override
            public @Nullable String getUsername() {
                return usual.getUsername();
            }

            @Override
            public @Nullable String getPassword() {
                return usual.getPassword();
            }

            @Override
            public String getJdbcUrl() {
                return databaseUrl;
            }
        };
    }
}
