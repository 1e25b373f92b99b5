package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own that archives, is lost and comes back as it was at a chosen second. */
class PointInTimeRecoveryTest {

    private static final String PASSWORD = PostgresServer.password();

    @TempDir
    Path folder;

    @Test
    void what_was_committed_before_the_second_is_there_and_nothing_after_it() throws Exception {
        var data = folder.resolve("data");
        var archive = folder.resolve("archive");
        var settings = new PostgresServer.Settings(
                data, Ports.free(), Map.of("superuser", PASSWORD), folder.resolve("log"), true, archive);
        try (var server = PostgresServer.start(settings)) {
            ask(server, "create table visit (id integer primary key); insert into visit values (1); select '1'");
            try (var superuser = DriverManager.getConnection(url(server), "postgres", PASSWORD)) {
                PointInTimeRecovery.baseBackup(superuser, data, folder.resolve("backup"));
            }
            ask(server, "insert into visit values (2); select '2'");
            var instant = ask(server, "select clock_timestamp()::text");
            ask(server, "insert into visit values (3); select '3'");
            var log = ask(server, "select pg_walfile_name(pg_switch_wal())");
            assertThat(Waiting.until(
                            Duration.ofSeconds(30),
                            () -> ask(server, "select (last_archived_wal >= '" + log + "')::text from pg_stat_archiver")
                                    .equals("true")))
                    .isTrue();

            server.kill();
            Files.move(data, folder.resolve("lost"));
            PointInTimeRecovery.layOut(folder.resolve("backup"), archive, data, instant);
            server.restart();

            assertThat(Waiting.until(
                            Duration.ofSeconds(30),
                            () -> ask(server, "select pg_is_in_recovery()::text")
                                    .equals("false")))
                    .isTrue();
            assertThat(ask(server, "select string_agg(id::text, ' ' order by id) from visit"))
                    .isEqualTo("1 2");
        }
    }

    @Test
    void a_backup_holds_neither_the_log_nor_the_lock_of_the_server_it_was_taken_from() throws Exception {
        var data = folder.resolve("data");
        var settings = new PostgresServer.Settings(
                data,
                Ports.free(),
                Map.of("superuser", PASSWORD),
                folder.resolve("log"),
                true,
                folder.resolve("archive"));
        try (var server = PostgresServer.start(settings);
                var superuser = DriverManager.getConnection(url(server), "postgres", PASSWORD)) {
            PointInTimeRecovery.baseBackup(superuser, data, folder.resolve("backup"));
        }
        var backup = folder.resolve("backup");
        assertThat(backup.resolve("backup_label")).exists();
        assertThat(backup.resolve("postmaster.pid")).doesNotExist();
        assertThat(files(backup.resolve("pg_wal"))).isZero();
        assertThat(files(folder.resolve("archive"))).isPositive();
    }

    private static long files(Path below) throws IOException {
        try (var all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static String url(PostgresServer server) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
    }

    /** The first column of the last result. */
    private static String ask(PostgresServer server, String sql) {
        try (var connection = DriverManager.getConnection(url(server), "postgres", PASSWORD);
                var statement = connection.createStatement()) {
            var rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            var answer = Objects.requireNonNull(statement.getResultSet());
            answer.next();
            return Objects.requireNonNullElse(answer.getString(1), "");
        } catch (SQLException e) {
            throw new DevstackException(String.valueOf(e.getMessage()), e);
        }
    }
}
