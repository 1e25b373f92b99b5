package app.recado.bench;

import app.recado.bench.StatementLog.Statement;
import app.recado.devstack.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The statements of some requests of one kind, played by pgbench: the same texts in the same transactions, prepared, by the
 * same role, each time with the values of another of these requests. The values come from a table; what asking for them
 * costs is measured apart and taken off.
 */
final class Replay {

    private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");
    private static final Pattern UUIDS = Pattern.compile("\\{[0-9a-f]{8}-[0-9a-f-]{27}(,.*)?}");
    private static final Pattern NEW_IDS = Pattern.compile("cast\\((:\\w+)(?:::uuid\\[])? as uuid\\[]\\)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([0-9]+)");

    private final PostgresServer postgres;
    private final String name;
    private final List<List<Statement>> samples;

    private Replay(PostgresServer postgres, String name, List<List<Statement>> samples) {
        this.postgres = postgres;
        this.name = name;
        this.samples = samples;
    }

    /**
     * @param requests what each request asked, in order; those that asked something else than most are left out
     * @param changed applied to every value, with the number of its request, before it is played
     */
    static Replay of(PostgresServer postgres, String name, List<List<Statement>> requests, Changed changed)
            throws SQLException {
        var usual = requests.stream().collect(Collectors.groupingBy(Replay::shape)).values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        var samples = new ArrayList<List<Statement>>();
        for (int i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            int number = i;
            if (shape(request).equals(shape(usual.getFirst()))) {
                samples.add(request.stream()
                        .map(one -> with(one, value -> changed.value(number, value)))
                        .toList());
            }
        }
        return new Replay(postgres, name, samples).prepared();
    }

    /** What becomes of a value when it is played. */
    interface Changed {
        String value(int request, String value);
    }

    /** How many of the requests are played. */
    int samples() {
        return samples.size();
    }

    /** How many statements a request asks. */
    int statements() {
        return samples.getFirst().size();
    }

    /** Requests a second, each time with the values of any request. */
    double atRandom(int clients, int seconds) throws IOException, InterruptedException {
        var choose = "\\set n random(1, " + samples.size() + ")\n";
        var how = List.of("-c", "" + clients, "-j", "" + Math.min(clients, 2), "-T", "" + seconds);
        return 1 / (1 / run(choose + select() + body(), how) - overhead(choose, how));
    }

    /** Requests a second, each request played once. */
    double once(int clients) throws IOException, InterruptedException {
        var choose = "\\set k :k + 1\n\\set n (:k - 1) * " + clients + " + :client_id + 1\n";
        var how = List.of("-c", "" + clients, "-j", "2", "-t", "" + samples.size() / clients, "-D", "k=0");
        return 1 / (1 / run(choose + select() + body(), how) - overhead(choose, how));
    }

    private double overhead(String choose, List<String> how) throws IOException, InterruptedException {
        return 1 / run(choose + select(), how);
    }

    private static List<Object> shape(List<Statement> request) {
        return request.stream()
                .map(one -> (Object) List.of(
                        one.sql(),
                        one.values().stream().map(value -> value == null).toList()))
                .toList();
    }

    private static Statement with(Statement one, UnaryOperator<String> changed) {
        var values = new ArrayList<@Nullable String>();
        for (var value : one.values()) {
            values.add(value == null ? null : changed.apply(value));
        }
        return new Statement(one.role(), one.process(), one.sql(), values, one.millis());
    }

    /** Columns by the place of the value they hold: statement and number of its value. */
    private LinkedHashMap<List<Integer>, String> columns() {
        var columns = new LinkedHashMap<List<Integer>, String>();
        var first = samples.getFirst();
        for (int i = 0; i < first.size(); i++) {
            for (int j = 0; j < first.get(i).values().size(); j++) {
                if (first.get(i).values().get(j) != null) {
                    columns.put(List.of(i, j), "v" + i + "_" + j);
                }
            }
        }
        return columns;
    }

    private Replay prepared() throws SQLException {
        var columns = columns();
        try (var connection = postgres.recado().connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute("create schema if not exists bench");
            statement.execute("grant usage on schema bench to recado_app");
            statement.execute("drop table if exists bench." + name);
            statement.execute("create table bench.%s (n int primary key%s)"
                    .formatted(
                            name,
                            columns.values().stream()
                                    .map(column -> ", " + column + " text not null")
                                    .collect(Collectors.joining())));
            statement.execute("grant select on bench." + name + " to recado_app");
            var marks = ", ?".repeat(columns.size());
            try (var insert = connection.prepareStatement("insert into bench." + name + " values (?" + marks + ")")) {
                for (int n = 0; n < samples.size(); n++) {
                    insert.setInt(1, n + 1);
                    int at = 2;
                    for (var place : columns.keySet()) {
                        insert.setString(
                                at++,
                                samples.get(n).get(place.getFirst()).values().get(place.getLast()));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("analyze bench." + name);
        }
        return this;
    }

    private String select() {
        return "select " + String.join(", ", columns().values()) + " from bench." + name + " where n = :n \\gset\n";
    }

    private String body() {
        return IntStream.range(0, statements()).mapToObj(this::played).collect(Collectors.joining());
    }

    private String played(int statement) {
        var columns = columns();
        var one = samples.getFirst().get(statement);
        var text = PLACE.matcher(one.sql()).replaceAll(place -> {
            int number = Integer.parseInt(place.group(1)) - 1;
            var column = columns.get(List.of(statement, number));
            var before = one.sql().substring(0, place.start());
            // The one place in which PostgreSQL cannot tell what a value is.
            boolean isUnnested = before.lastIndexOf("unnest(") > before.lastIndexOf(')');
            return column == null
                    ? "null"
                    : ":" + column
                            + (isUnnested ? array(String.valueOf(one.values().get(number))) : "");
        });
        return (one.sql().startsWith("insert into audit_entry") ? withNewIds(text) : text) + ";\n";
    }

    /** A reading is written down each time it is played, as many rows as it was, under ids that nothing has yet. */
    private static String withNewIds(String insert) {
        return NEW_IDS.matcher(insert).replaceAll("array(select gen_random_uuid() from unnest(cast($1 as uuid[])))");
    }

    private static String array(String value) {
        return UUIDS.matcher(value).matches() ? "::uuid[]" : "::text[]";
    }

    private double run(String script, List<String> how) throws IOException, InterruptedException {
        var file = Files.createTempFile("recado-" + name, ".sql");
        Files.writeString(file, script);
        var command = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared", "-f", file.toString()));
        command.addAll(how);
        command.addAll(List.of("-h", "127.0.0.1", "-p", "" + postgres.port(), "-U", "recado_app", "recado"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", postgres.password("app"));
        builder.environment().put("PGOPTIONS", "-c search_path=recado");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        Files.delete(file);
        var rate = RATE.matcher(output);
        var failed = FAILED.matcher(output);
        if (!rate.find()
                || output.contains("ERROR")
                || (failed.find() && !failed.group(1).equals("0"))) {
            throw new IllegalStateException("pgbench could not play " + name + ":\n" + output + "\n" + script);
        }
        return Double.parseDouble(rate.group(1));
    }
}
