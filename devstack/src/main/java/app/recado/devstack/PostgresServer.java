package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL 18 on a loopback port, with the database {@code recado} prepared by
 * {@code backend/src/main/db/bootstrap.sql}: roles and schemas, no tables.
 */
public final class PostgresServer extends RestartableServer {
    /** Roles that log in, by the prefix of their placeholder in bootstrap.sql. */
    private static final List<String> LOGINS = List.of("owner", "app", "worker", "gateway", "keycloak");

    private final Settings settings;

    private PostgresServer(Settings settings) {
        super(launch(settings, Map.of()));
        this.settings = settings;
    }

    /**
     * How to run it.
     *
     * @param data folder that outlives the server, or a new one
     * @param port loopback port
     * @param passwords by role prefix: superuser, owner, app, worker, gateway, keycloak
     * @param durable false gives up safety against power cuts for speed: tests only
     * @param archive folder that takes the write-ahead log, for point-in-time recovery; null archives nothing
     */
    record Settings(
            Path data,
            int port,
            Map<String, String> passwords,
            Path log,
            boolean durable,
            @Nullable Path archive) {
        Settings {
            passwords = Map.copyOf(passwords);
        }

        String password(String role) {
            var found = passwords.get(role);
            if (found == null) {
                throw new IllegalArgumentException("No role recado_" + role + " that logs in");
            }
            return found;
        }
    }

    /** A server of its own for this JVM, with data that is thrown away. It stops by itself with the JVM. */
    public static PostgresServer ephemeral() {
        return startEphemeral(false);
    }

    /** The same, with commits that survive a power cut, as in production. */
    public static PostgresServer ephemeralAndDurable() {
        return startEphemeral(true);
    }

    /** A server as a hosting provider hands it out: a superuser, and neither roles nor a database of ours. */
    public static PostgresServer bare(int port, String superuserPassword) {
        var folder = Folders.temporary("postgres");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        return start(new Settings(
                folder.resolve("data"),
                port,
                Map.of("superuser", superuserPassword),
                folder.resolve("log"),
                false,
                null));
    }

    /** One server for all who ask in this JVM; give every test suite its own through {@link #createDatabase}. */
    public static PostgresServer shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        private static final PostgresServer INSTANCE = startEphemeral(false);
    }

    private static PostgresServer startEphemeral(boolean durable) {
        var folder = Folders.temporary("postgres");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        var passwords = new HashMap<String, String>();
        passwords.put("superuser", password());
        LOGINS.forEach(login -> passwords.put(login, password()));
        var server = start(
                new Settings(folder.resolve("data"), Ports.free(), passwords, folder.resolve("log"), durable, null));
        server.createDatabase("recado");
        return server;
    }

    /** Starts on existing data or makes new; the database is not touched beyond that. */
    static PostgresServer start(Settings settings) {
        return new PostgresServer(settings);
    }

    @Override
    Child launch(Map<String, String> more) {
        return launch(settings, more);
    }

    private static Child launch(Settings settings, Map<String, String> more) {
        var home = PostgresBinaries.unpacked();
        if (!Files.exists(settings.data().resolve("PG_VERSION"))) {
            initialise(home, settings);
        }
        removeStaleLock(settings.data());
        var command = new ArrayList<>(List.of(
                home.resolve("bin/postgres").toString(),
                "-D",
                settings.data().toString(),
                "-p",
                Integer.toString(settings.port()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=200",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "password_encryption=scram-sha-256"));
        command.addAll(
                settings.durable()
                        ? List.of("-c", "fsync=on", "-c", "synchronous_commit=on")
                        : List.of("-c", "fsync=off", "-c", "full_page_writes=off"));
        if (settings.archive() instanceof Path archive) {
            command.addAll(PointInTimeRecovery.archiving(archive));
        }
        var environment = new HashMap<>(Map.of("TZ", "UTC"));
        environment.putAll(more);
        return Child.start(new Child.Spec(
                        "postgresql", asOrdinaryUser(command), settings.data(), environment, settings.log(), "INT"))
                .awaitReady(() -> answers(settings), "port " + settings.port(), Duration.ofSeconds(120));
    }

    /** Makes a database and prepares roles and schemas in it; when it exists, prepares what is missing. */
    public Database createDatabase(String name) {
        return createDatabase(name, "template1");
    }

    /** Makes a database with everything that is in another one, to which nobody may be connected meanwhile. */
    public Database createDatabase(String name, Database copied) {
        return createDatabase(name, copied.name());
    }

    private Database createDatabase(String name, String template) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("Not a plain database name: " + name);
        }
        try (var connection = superuser("postgres");
                var statement = connection.createStatement()) {
            var exists = statement
                    .executeQuery("select 1 from pg_database where datname = '" + name + "'")
                    .next();
            if (!exists) {
                statement.execute("create database " + name + " encoding 'UTF8' template " + template);
            }
        } catch (SQLException e) {
            throw new DevstackException("Could not create the database " + name + ": " + e.getMessage(), e);
        }
        try (var connection = superuser(name);
                var statement = connection.createStatement()) {
            statement.execute(bootstrapSql());
        } catch (SQLException e) {
            throw new DevstackException("bootstrap.sql failed: " + e.getMessage(), e);
        }
        return new Database(name);
    }

    /** The database every part of Recado uses. */
    public Database recado() {
        return new Database("recado");
    }

    /** Addresses and credentials of one database on this server. */
    public final class Database {
        private final String name;

        private Database(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        public String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
        }

        /** For programs that take a URL with credentials, e.g. the gateway with role prefix {@code gateway}. */
        public String url(String role) {
            return "postgres://recado_" + role + ":" + password(role) + "@127.0.0.1:" + port() + "/" + name;
        }

        /** A connection as {@code recado_<role>}, e.g. {@code app}. */
        public Connection connect(String role) throws SQLException {
            return DriverManager.getConnection(jdbcUrl(), "recado_" + role, password(role));
        }

        /** A connection past all fences, for a test to look at what is really there. */
        public Connection connectAsSuperuser() throws SQLException {
            return superuser(name);
        }

        /** The variables with which the backend finds this database; see the names in docs. */
        public Map<String, String> backendEnvironment() {
            return Map.of(
                    "RECADO_DATABASE_URL", jdbcUrl(),
                    "RECADO_DATABASE_OWNER_USER", "recado_owner",
                    "RECADO_DATABASE_OWNER_PASSWORD", password("owner"),
                    "RECADO_DATABASE_APP_USER", "recado_app",
                    "RECADO_DATABASE_APP_PASSWORD", password("app"),
                    "RECADO_DATABASE_WORKER_USER", "recado_worker",
                    "RECADO_DATABASE_WORKER_PASSWORD", password("worker"));
        }
    }

    /** What the server writes down, plans that it was asked to explain included. */
    public Path log() {
        return settings.log();
    }

    public int port() {
        return settings.port();
    }

    public String password(String role) {
        return settings.password(role);
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + database, "postgres", password("superuser"));
    }

    private static boolean answers(Settings settings) {
        var properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", settings.password("superuser"));
        properties.setProperty("connectTimeout", "2");
        try (var connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + settings.port() + "/postgres", properties)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String bootstrapSql() {
        try {
            var sql = Files.readString(Folders.root().resolve("backend/src/main/db/bootstrap.sql"));
            for (var login : LOGINS) {
                sql = sql.replace("${" + login + "_password}", password(login).replace("'", "''"));
            }
            return sql;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void initialise(Path home, Settings settings) {
        Path secret = null;
        try {
            Folders.create(settings.data());
            secret = Files.createTempFile("recado-superuser", "");
            Files.writeString(secret, settings.passwords().get("superuser"));
            var initdb = new ArrayList<>(List.of(
                    home.resolve("bin/initdb").toString(),
                    "-D",
                    settings.data().toString(),
                    "-U",
                    "postgres",
                    "--pwfile=" + secret,
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
            if (!settings.durable()) {
                initdb.add("--no-sync");
            }
            var process = new ProcessBuilder(asOrdinaryUser(initdb))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                    .start();
            if (process.waitFor() != 0) {
                throw new DevstackException("PostgreSQL could not make its data folder %s:%n%s"
                        .formatted(settings.data(), Child.tail(settings.log(), 20)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("Interrupted while making the data folder", e);
        } finally {
            if (secret != null) {
                Folders.delete(secret);
            }
        }
    }

    /**
     * After a hard stop the lock file stays. PostgreSQL takes any process with that number for a running server and
     * refuses to start; it goes when no PostgreSQL has that number. A live one is another server on this very data.
     */
    static void removeStaleLock(Path data) {
        var lock = data.resolve("postmaster.pid");
        try (Stream<String> lines = Files.exists(lock) ? Files.lines(lock) : Stream.empty()) {
            var first = lines.findFirst().map(String::strip).filter(pid -> pid.matches("[0-9]{1,18}"));
            if (first.isEmpty()) {
                return;
            }
            var pid = Long.parseLong(first.get());
            var alive = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
            var postgres =
                    alive.flatMap(handle -> handle.info().command()).filter(command -> command.endsWith("/postgres"));
            if (postgres.isPresent()) {
                throw new DevstackException(
                        "PostgreSQL (process %d) already runs on %s. Stop it with ./dev down or end that process."
                                .formatted(pid, data));
            }
            Files.delete(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with the same files. */
    static List<String> asOrdinaryUser(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var own = new ArrayList<>(List.of("unshare", "-U"));
        own.addAll(command);
        return own;
    }

    /** A random password, free of characters that mean something in URLs, SQL or shells. */
    public static String password() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
