package app.recado.bench;

import app.recado.devstack.PostgresServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL was asked while something ran, with values and times, from its own log. */
final class StatementLog {

    private static final Pattern ENTRY = Pattern.compile(
            "^#(\\w*)\\|(\\d+)\\| (LOG|DETAIL|ERROR|STATEMENT|FATAL|WARNING|HINT|CONTEXT):  (.*)", Pattern.DOTALL);
    private static final Pattern ASKED =
            Pattern.compile("^duration: ([0-9.]+) ms  (?:execute [^:]*|statement): (.*)", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\$\\d+ = (NULL|'(?:[^']|'')*')(?:, |$)");
    private static final long SETTLE_NANOS = 300_000_000;

    private final PostgresServer.Database database;
    private final Path log;

    StatementLog(PostgresServer server) {
        this.database = server.recado();
        this.log = server.log();
    }

    /**
     * One statement.
     *
     * @param role who asked, e.g. {@code recado_app}
     * @param process of the database that answered: one connection
     * @param sql with {@code $1} for the first value
     * @param millis how long it was executed
     */
    record Statement(String role, long process, String sql, List<@Nullable String> values, double millis) {}

    /** Runs something and tells what was asked meanwhile, in order. */
    List<Statement> during(Runnable work) throws SQLException, IOException {
        set("'0'", "'#%u|%p| '");
        long from;
        try {
            from = Files.size(log);
            work.run();
        } finally {
            set("default", "default");
        }
        return read(from);
    }

    private void set(String duration, String prefix) throws SQLException {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute("alter system set log_line_prefix = " + prefix);
            statement.execute("alter system set log_min_duration_statement = " + duration);
            statement.execute("select pg_reload_conf()");
        }
        LockSupport.parkNanos(SETTLE_NANOS); // a session reads it before its next statement, once the server has
    }

    private List<Statement> read(long from) throws IOException {
        byte[] bytes;
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
        }
        var entries = new ArrayList<String>();
        for (var line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith("\t") && !entries.isEmpty()) {
                entries.set(entries.size() - 1, entries.getLast() + "\n" + line.substring(1));
            } else {
                entries.add(line);
            }
        }
        var statements = new ArrayList<Statement>();
        var lastOf = new HashMap<Long, Integer>();
        for (var entry : entries) {
            var matcher = ENTRY.matcher(entry);
            if (matcher.matches()) {
                take(matcher, statements, lastOf);
            }
        }
        return statements;
    }

    private static void take(Matcher entry, List<Statement> statements, Map<Long, Integer> lastOf) {
        long process = Long.parseLong(entry.group(2));
        var text = entry.group(4);
        if (entry.group(3).equals("LOG")) {
            lastOf.remove(process);
            var asked = ASKED.matcher(text);
            if (asked.matches()) {
                lastOf.put(process, statements.size());
                var millis = Double.parseDouble(asked.group(1));
                statements.add(
                        new Statement(entry.group(1), process, asked.group(2).strip(), List.of(), millis));
            }
        } else if (entry.group(3).equals("DETAIL") && lastOf.containsKey(process)) {
            int at = lastOf.get(process);
            var one = statements.get(at);
            statements.set(at, new Statement(one.role(), process, one.sql(), values(text), one.millis()));
        }
    }

    private static List<@Nullable String> values(String detail) {
        var all = new ArrayList<@Nullable String>();
        var value = VALUE.matcher(detail);
        while (value.find()) {
            var text = value.group(1);
            all.add(
                    text.equals("NULL")
                            ? null
                            : text.substring(1, text.length() - 1).replace("''", "'"));
        }
        return all;
    }
}
