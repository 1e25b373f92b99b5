package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * PgBouncer in transaction mode before a PostgreSQL, for the two roles of the backend. Debian 12 has 1.18, which knows no
 * prepared statements of the protocol: the address turns them off.
 */
final class PgBouncerProcess implements AutoCloseable {
    /** Connections to PostgreSQL a role may have, however many backends ask. */
    static final int SIZE = 6;

    private static final List<String> ROLES = List.of("app", "worker");
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/pgbouncer"),
            Path.of("/usr/bin/pgbouncer"),
            Path.of("/usr/local/bin/pgbouncer"),
            Path.of("/opt/homebrew/bin/pgbouncer"));

    private final Child child;
    private final int port;

    private PgBouncerProcess(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** @param folder for its settings, which hold passwords */
    static PgBouncerProcess start(PostgresServer postgres, Path folder, Path log) {
        int port = Ports.free();
        var settings = folder.resolve("pgbouncer.ini");
        try {
            Folders.createPrivate(folder);
            Files.writeString(folder.resolve("users.txt"), users(postgres));
            Files.writeString(settings, settings(postgres, port, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = PostgresServer.asOrdinaryUser(List.of(program().toString(), settings.toString()));
        var child = Child.start(new Child.Spec("pgbouncer", command, folder, Map.of(), log, "TERM"))
                .awaitReady(() -> answers(postgres, port), "port " + port, Duration.ofSeconds(30));
        return new PgBouncerProcess(child, port);
    }

    /** For the driver of Java, which would prepare statements that belong to a session. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/recado?prepareThreshold=0";
    }

    @Override
    public void close() {
        child.close();
    }

    private static Path program() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new DevstackException(
                        "PgBouncer is missing: apt-get install pgbouncer, or brew install pgbouncer"));
    }

    private static String users(PostgresServer postgres) {
        var lines = new StringBuilder();
        for (var role : ROLES) {
            lines.append("\"recado_%s\" \"%s\"%n".formatted(role, postgres.password(role)));
        }
        return lines.toString();
    }

    private static String settings(PostgresServer postgres, int port, Path folder) {
        return """
                [databases]
                recado = host=127.0.0.1 port=%d dbname=recado
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits
                """.formatted(postgres.port(), port, folder.resolve("users.txt"), SIZE);
    }

    private static boolean answers(PostgresServer postgres, int port) {
        var properties = new Properties();
        properties.setProperty("user", "recado_app");
        properties.setProperty("password", postgres.password("app"));
        properties.setProperty("connectTimeout", "2");
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/recado?prepareThreshold=0", properties)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
