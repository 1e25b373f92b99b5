package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * {@code ./dev drill [--visits N] [--unprotected]}: traffic, a base backup, more traffic, loss of the database's folder,
 * recovery to a chosen second. What was there at that second must be there again row by row; what left since must not leave
 * a second time; the line must be linked without anybody scanning a code. {@code --unprotected} leaves out
 * {@code RECADO_RESTORED_AT} and must therefore fail.
 */
final class RestoreDrill {

    /** What a clinic would miss, and accounts; each with the columns that do not move while nobody does anything. */
    private static final Map<String, String> KEPT = Map.of(
            "recado.patient", "t::text",
            "recado.appointment", "t::text",
            "recado.appointment_event", "t::text",
            "recado.inbound_message", "t::text",
            "recado.message", "concat_ws('|', id, subject_id, subject_version, kind, attempt, patient_id, due_at)",
            "keycloak.user_entity", "t::text");

    private static final Duration SETTLED = Duration.ofSeconds(75);
    private static final Duration RECOVERED = Duration.ofMinutes(2);
    private static final Map<String, String> PATIENCE =
            Map.of("RECADO_MESSAGING_LEASE", "4s", "RECADO_MIGRATE_AT_START", "false");

    private final Stack stack;
    private final CrashClinic clinic;
    private final Path data;
    private final int visits;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    private RestoreDrill(Stack stack, Path data, int visits) {
        this.stack = stack;
        this.clinic = CrashClinic.open(stack);
        this.data = data;
        this.visits = visits;
    }

    static int run(List<String> words) {
        int at = words.indexOf("--visits");
        int visits = at < 0 ? 4 : Integer.parseInt(words.get(at + 1));
        var data = Folders.temporary("drill");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(data)));
        var plan = StackPlan.ephemeral(data, false).archivedTo(data.resolve("archive"));
        try (var stack = Stack.start(plan, Stack.Progress.silent())) {
            return new RestoreDrill(stack, data, visits).go(!words.contains("--unprotected"));
        }
    }

    private int go(boolean protectedAfterwards) {
        var before = clinic.scene(0, visits);
        before.bookAll();
        before.awaitSettled(SETTLED);
        timed("base backup", this::baseBackup);

        var after = clinic.scene(1, visits);
        after.bookAll();
        after.awaitSettled(SETTLED);
        after.answerAll();
        after.awaitAnswered(SETTLED);

        // Planned before the chosen second, on patients' phones after it: the restored database calls them open.
        stack.gateway().close();
        var open = clinic.scene(2, visits);
        open.bookAll();
        var chosen = quietSecond();
        stack.gateway().restart(PATIENCE);
        clinic.awaitLinked();
        open.awaitSettled(SETTLED);
        int told = open.received();

        var forgotten = clinic.scene(3, visits);
        forgotten.bookAll();
        forgotten.awaitSettled(SETTLED);
        int toldOfForgotten = forgotten.received();
        timed("until the chosen second was archived", () -> awaitArchived(chosen.log()));

        lose();
        long lost = System.nanoTime();
        timed("recovery of the database", () -> recover(chosen.instant()));
        complaints.addAll(RestoreVerdict.ofRows(chosen.rows(), fingerprint()));
        timed("start of Keycloak, backend and gateway", () -> startAgain(protectedAfterwards));
        timed("line linked, nobody scanned anything", clinic::awaitLinked);
        seconds.put("from the loss to a line that sends", since(lost));

        before.awaitSettled(SETTLED);
        open.awaitSettled(SETTLED);
        Waiting.until(Duration.ofSeconds(10), () -> open.received() > told); // time enough to be told twice
        for (var scene : List.of(before, after, open)) {
            complaints.addAll(scene.count().complaints());
        }
        complaints.addAll(RestoreVerdict.ofPhones("open in the backup", told, open.received()));
        complaints.addAll(RestoreVerdict.ofPhones("unknown to the backup", toldOfForgotten, forgotten.received()));
        var next = clinic.scene(4, visits);
        next.bookAll();
        next.awaitSettled(SETTLED);
        complaints.addAll(next.count().complaints());
        return report(told, chosen);
    }

    /** An instant at which nothing moved, what was there, and the file of the log that holds it. */
    private record Chosen(String instant, Map<String, String> rows, String log) {}

    private Chosen quietSecond() {
        for (int tries = 0; tries < 20; tries++) {
            var rows = fingerprint();
            var instant = ask("select (date_trunc('second', clock_timestamp()) + interval '1 second')::text");
            ask("select 'slept' from pg_sleep_until('" + instant + "'::timestamptz + interval '100 milliseconds')");
            if (rows.equals(fingerprint())) {
                return new Chosen(instant, rows, ask("select pg_walfile_name(pg_current_wal_lsn())"));
            }
        }
        throw new DevstackException("There was never a second in which nothing moved");
    }

    private Map<String, String> fingerprint() {
        var rows = new TreeMap<String, String>();
        KEPT.forEach((table, columns) -> rows.put(
                table,
                ask("select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(" + columns + "), '' order by md5("
                        + columns + "))), 'none') from " + table + " t")));
        return rows;
    }

    private void baseBackup() {
        try (var superuser = stack.postgres().recado().connectAsSuperuser()) {
            PointInTimeRecovery.baseBackup(superuser, folder(), data.resolve("backup"));
        } catch (SQLException e) {
            throw new DevstackException("Could not connect for the base backup: " + e.getMessage(), e);
        }
    }

    /** Beyond the file, because the recovery wants to see something later than its instant before it stops. */
    private void awaitArchived(String log) {
        var archived = Waiting.until(
                PointInTimeRecovery.ARCHIVED_EVERY.multipliedBy(12),
                () -> ask("select (last_archived_wal > '" + log + "')::text from pg_stat_archiver")
                        .equals("true"));
        if (!archived) {
            throw new DevstackException(
                    "The log was not archived: " + stack.postgres().logTail(5));
        }
    }

    private Path folder() {
        return data.resolve("postgres");
    }

    /** As when the machine's disk is gone: nobody is asked to stop. */
    private void lose() {
        stack.backend().kill();
        stack.gateway().kill();
        stack.keycloak().kill();
        stack.postgres().kill();
        try {
            // Not deleted: processes of the killed server may still be writing their last.
            Files.move(folder(), data.resolve("lost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void recover(String instant) {
        PointInTimeRecovery.layOut(data.resolve("backup"), data.resolve("archive"), folder(), instant);
        stack.postgres().restart();
        if (!Waiting.until(
                RECOVERED, () -> ask("select pg_is_in_recovery()::text").equals("false"))) {
            throw new DevstackException(
                    "The recovery did not end: " + stack.postgres().logTail(20));
        }
    }

    private void startAgain(boolean told) {
        var settings = new HashMap<>(PATIENCE);
        if (told) {
            settings.put(
                    "RECADO_RESTORED_AT",
                    Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        }
        stack.keycloak().restart();
        stack.backend().restart(settings);
        stack.gateway().restart(settings);
    }

    private String ask(String sql) {
        try (Connection connection = stack.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return Objects.requireNonNullElse(answer.getString(1), "");
        } catch (SQLException e) {
            throw new DevstackException("PostgreSQL did not answer: " + e.getMessage(), e);
        }
    }

    private void timed(String what, Runnable work) {
        long from = System.nanoTime();
        work.run();
        seconds.put(what, since(from));
    }

    private static double since(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private int report(int told, Chosen chosen) {
        System.out.printf("Restored to %s%n", chosen.instant());
        chosen.rows().forEach((table, rows) -> System.out.printf("  %-28s %s%n", table, rows));
        seconds.forEach((what, took) -> System.out.printf("| %s | %.1f s |%n", what, took));
        System.out.printf("%d messages were on patients' phones and open in the backup%n", told);
        complaints.forEach(complaint -> System.out.println("  " + complaint));
        System.out.println(
                complaints.isEmpty()
                        ? "Every row as it was, nothing sent twice, the line linked without a code."
                        : complaints.size() + " complaints.");
        return complaints.isEmpty() ? 0 : 1;
    }
}
