package app.recado.install;

import app.recado.install.InstallSetting.Values;
import app.recado.kernel.DatabaseAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/**
 * Makes the database when it is missing, and roles and schemas in it, as a superuser. Repeating it sets the passwords anew,
 * which is how they are changed.
 */
final class PrepareDatabase {

    private static final Pattern NAME = Pattern.compile("(jdbc:postgresql://[^/]+/)([a-z][a-z0-9_]*)(\\?.*)?");

    private PrepareDatabase() {}

    static void run(Values values, PrintStream out) {
        var address = DatabaseAddress.parse(values.database()).jdbcUrl();
        var parts = NAME.matcher(address);
        if (!parts.matches()) {
            throw new InstallException("RECADO_DATABASE_URL must name a database in plain lower case, e.g. …/recado");
        }
        var query = parts.group(3) == null ? "" : parts.group(3);
        try {
            try (var server = connect(parts.group(1) + "postgres" + query, values);
                    var find = server.prepareStatement("select 1 from pg_database where datname = ?")) {
                find.setString(1, parts.group(2));
                if (!find.executeQuery().next()) {
                    try (var create = server.createStatement()) {
                        create.execute("create database " + parts.group(2) + " encoding 'UTF8'");
                    }
                    out.println("Database " + parts.group(2) + " is made.");
                }
            }
            try (var database = connect(address, values);
                    var statement = database.createStatement()) {
                statement.execute(bootstrap(values));
            }
        } catch (SQLException e) {
            throw new InstallException("PostgreSQL refused: " + e.getSQLState() + " " + firstLine(e), e);
        }
        out.println("Roles and schemas are ready.");
    }

    private static Connection connect(String url, Values values) throws SQLException {
        return DriverManager.getConnection(
                url,
                values.get(InstallSetting.DATABASE_ADMIN_USER),
                values.get(InstallSetting.DATABASE_ADMIN_PASSWORD));
    }

    private static String bootstrap(Values values) {
        try (var in = new ClassPathResource("db/bootstrap.sql").getInputStream()) {
            var sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var passwords = Map.of(
                    "owner", InstallSetting.OWNER_PASSWORD,
                    "app", InstallSetting.APP_PASSWORD,
                    "worker", InstallSetting.WORKER_PASSWORD,
                    "gateway", InstallSetting.GATEWAY_PASSWORD,
                    "keycloak", InstallSetting.IDENTITY_PASSWORD);
            for (var one : passwords.entrySet()) {
                sql = sql.replace(
                        "${" + one.getKey() + "_password}",
                        values.secret(one.getValue()).replace("'", "''"));
            }
            return sql;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Further lines may quote the statement, and with it passwords. */
    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
