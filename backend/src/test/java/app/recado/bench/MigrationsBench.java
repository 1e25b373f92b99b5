package app.recado.bench;

import app.recado.devstack.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long others wait for a long table while a migration changes it. Run by {@code ./dev bench migrations [--small]}; prints
 * one row of a Markdown table for each statement: those that docs/operate.md tells to write, and beside them those that
 * {@code MigrationsTest} refuses. Two others use the table all the time, one reads and one writes a row; the longest that
 * either waited is told. A statement that holds nobody up beyond a moment may run while the version before serves.
 */
public final class MigrationsBench {

    private static final int ROWS = 10_000_000;
    private static final int SMALL = 200_000;

    /** More than anybody notices. */
    private static final long MOMENT_MS = 500;

    /** One way to change a table. @param allowed whether {@code MigrationsTest} lets it pass */
    private record Change(String what, boolean allowed, String sql) {}

    private static final List<Change> CHANGES = List.of(
            new Change("a column with a default", true, "alter table long add column kind text not null default 'x'"),
            new Change(
                    "a check, not valid",
                    true,
                    "alter table long add constraint a check (char_length(note) < 100) not valid"),
            new Change("the same validated", true, "alter table long validate constraint a"),
            new Change("the same at once", false, "alter table long add constraint b check (char_length(note) < 101)"),
            new Change("an index, concurrently", true, "create index concurrently long_due on long (due)"),
            new Change("the same while nobody may write", false, "create index long_due_too on long (due)"),
            new Change("a column that becomes not null", false, "alter table long alter column note set not null"),
            new Change("another type", false, "alter table long alter column amount type bigint"),
            new Change("all rows in one statement", false, "update long set amount = amount + 1"));

    private final PostgresServer server;
    private final int rows;

    private MigrationsBench(PostgresServer server, int rows) {
        this.server = server;
        this.rows = rows;
    }

    public static void main(String[] args) {
        try {
            new MigrationsBench(
                            PostgresServer.ephemeralAndDurable(), List.of(args).contains("--small") ? SMALL : ROWS)
                    .run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads that measure would go on
        }
    }

    private Connection connect() throws SQLException {
        return server.recado().connectAsSuperuser();
    }

    private void run() throws SQLException {
        System.out.printf(Locale.ROOT, "| %,d rows | took | others waited at most | MigrationsTest |%n", rows);
        System.out.println("|---|---|---|---|");
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create table long (id integer primary key, amount integer, due timestamptz, note text)");
            statement.execute("insert into long select n, n, now() + n * interval '1 second', 'row ' || n"
                    + " from generate_series(1, " + rows + ") n");
            statement.execute("vacuum analyze long");
            for (var change : CHANGES) {
                measure(statement, change);
            }
        }
    }

    private void measure(Statement migration, Change change) throws SQLException {
        var over = new AtomicBoolean();
        var longest = new AtomicLong();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = CompletableFuture.runAsync(
                    () -> use("select note from long where id = 7", over, longest), executor);
            var writes = CompletableFuture.runAsync(
                    () -> use("update long set due = due where id = 8", over, longest), executor);
            long from = System.nanoTime();
            try {
                migration.execute(change.sql());
            } finally {
                over.set(true);
            }
            double seconds = (System.nanoTime() - from) / 1e9;
            CompletableFuture.allOf(reads, writes).join();
            long waited = longest.get() / 1_000_000;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f s | %,d ms | %s |%n",
                    change.what(),
                    seconds,
                    waited,
                    change.allowed()
                            ? waited > MOMENT_MS ? "lets it pass, **wrongly**" : "lets it pass"
                            : "refuses it");
        }
    }

    /** Somebody else, who uses one row again and again. */
    private void use(String sql, AtomicBoolean over, AtomicLong longest) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            while (!over.get()) {
                long from = System.nanoTime();
                statement.execute(sql);
                longest.accumulateAndGet(System.nanoTime() - from, Math::max);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
