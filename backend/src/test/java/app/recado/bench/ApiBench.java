package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.bench.StatementLog.Statement;
import app.recado.kernel.Ids;
import app.recado.testing.BigClinic;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * How fast the API answers a large clinic among others, as a share of what pgbench reaches with the same statements in the
 * same run. Run by {@code ./dev bench api [--small]}; prints one row of a Markdown table for each figure. The clinic has
 * 100,000 patients and visits among a million, and there are a million messages; {@code --small} has a twentieth of it and
 * measures for a moment, to see that everything here works.
 */
public final class ApiBench {

    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int CONNECTIONS = 4;
    private static final int SAMPLES = 200;
    private static final int NEIGHBOURS = 9;
    /** How long all kinds of reads are asked before any is measured. */
    private static final int WARM_SECONDS = 75;

    private final boolean small;
    private final int size;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final ApiStage stage;
    private final Clinic clinic;
    private final List<UUID> patients = new ArrayList<>();
    private final List<UUID> practitioners = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private ApiBench(ApiStage stage, boolean small) throws SQLException, IOException {
        this.stage = stage;
        this.small = small;
        this.size = small ? 5_000 : 100_000;
        this.clinic = stage.clinic("large-" + Ids.next());
    }

    public static void main(String[] args) {
        try (var stage = ApiStage.open()) {
            new ApiBench(stage, List.of(args).contains("--small")).run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of the stand-ins would go on
        }
    }

    static void row(String figure, String value, String goal) {
        System.out.printf("| %s | %s | %s |%n", figure, value, goal);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    private void run() throws Exception {
        fill();
        reads();
        new ApiBenchWrites(stage, clinic, this::samples, patients, practitioners, small).run();
        new ApiBenchWorker(stage, clinic, stage.clinic("neighbour-" + Ids.next()), small).run();
    }

    private void fill() throws SQLException, InterruptedException {
        var database = stage.postgres().recado();
        BigClinic.fill(database, clinic.id, size, size, size, today.toString());
        // Two at a time: as many as the machine that these figures are of has cores.
        var halves = new ArrayList<Thread>();
        for (int half = 0; half < 2; half++) {
            int first = half;
            halves.add(Thread.ofPlatform().start(() -> {
                for (int i = first; i < NEIGHBOURS; i += 2) {
                    try {
                        BigClinic.fillNeighbour(database, Ids.next(), size, size, size, today.toString());
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }));
        }
        for (var thread : halves) {
            thread.join();
        }
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute("vacuum (analyze, parallel 0)");
            statement.execute("checkpoint");
            try (var rows = statement.executeQuery(
                    "select id, given_name, family_name from recado.patient where organization_id = '" + clinic.id
                            + "' order by md5(id::text) limit 5000")) {
                while (rows.next()) {
                    patients.add(rows.getObject(1, UUID.class));
                    names.add(rows.getString(2) + " " + rows.getString(3));
                }
            }
            try (var rows = statement.executeQuery(
                    "select id from recado.practitioner where organization_id = '" + clinic.id + "' order by id")) {
                while (rows.next()) {
                    practitioners.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    private void reads() throws Exception {
        IntFunction<byte[]> aPatient = n -> clinic.get("/patients/" + patient(n));
        IntFunction<byte[]> visits = n -> clinic.get("/patients/" + patient(n) + "/appointments");
        IntFunction<byte[]> agenda = n -> {
            var day = today.minusDays(1 + n % (small ? 10 : 300));
            return clinic.get("/appointments?from=" + day + "&to=" + day.plusDays(1));
        };
        IntFunction<byte[]> messages = n -> clinic.get("/messages?limit=" + (40 + n % 20));
        var kinds = List.of(aPatient, visits, agenda, messages, searched(this::words));
        // Until the compiler of this much code rests, its work is most of what the process does.
        Load.during(
                stage,
                CONNECTIONS,
                small ? 5 : WARM_SECONDS,
                n -> kinds.get(n / CONNECTIONS % kinds.size()).apply(n));
        read("patient", "a patient", "≥ 0.5", aPatient);
        read("visits", "a patient's visits", "≥ 0.5", visits);
        read("agenda", "day agenda", "≥ 0.5", agenda);
        read("messages", "messages, first page", "≥ 0.5", messages);
        search("two", "search, two words", this::words);
        search("three", "search, three letters", n -> name(n).substring(0, 3));
        search("digits", "search, five digits of a number", n -> String.valueOf(20_000 + (n * 7919) % 70_000));
    }

    private IntFunction<byte[]> searched(IntFunction<String> text) {
        return n -> clinic.post("/patients/search", Map.of("text", text.apply(n), "limit", 20));
    }

    private UUID patient(int n) {
        return patients.get(n % patients.size());
    }

    private String name(int n) {
        return names.get(n % names.size());
    }

    /** The beginning of a given name and the family name. */
    private String words(int n) {
        var parts = name(n).split(" ", -1);
        return parts[0].substring(0, Math.min(4, parts[0].length())) + " " + parts[parts.length - 1];
    }

    private void search(String key, String what, IntFunction<String> text) throws Exception {
        var load = read(key, what, "", searched(text));
        row(
                what + ", processor time and p99",
                "PostgreSQL " + number(load.databaseMillis()) + " ms, Java " + number(load.javaMillis()) + " ms, p99 "
                        + number(load.p99()) + " ms",
                "≤ 1 ms, p99 5 ms");
    }

    private Load read(String key, String what, String goal, IntFunction<byte[]> request) throws Exception {
        var prepared = new byte[Math.min(patients.size(), 2_000)][];
        for (int i = 0; i < prepared.length; i++) {
            prepared[i] = request.apply(i);
        }
        IntFunction<byte[]> any = n -> prepared[n % prepared.length];
        var replay = Replay.of(stage.postgres(), key, samples(SAMPLES, any), (n, value) -> value);
        Load.during(stage, CONNECTIONS, small ? 1 : 4, any); // warm
        var load = Load.during(stage, CONNECTIONS, small ? 2 : 8, any);
        double bare = replay.atRandom(CONNECTIONS, small ? 1 : 4);
        report(what, load, bare, replay, goal);
        return load;
    }

    static void report(String what, Load load, double bare, Replay replay, String goal) {
        row(
                what,
                "%s/s, %s of pgbench's %s/s with its %d statements; p50 %s, p99 %s ms; Java %s, PostgreSQL %s ms"
                        .formatted(
                                number(load.perSecond()),
                                number(load.perSecond() / bare),
                                number(bare),
                                replay.statements(),
                                number(load.p50()),
                                number(load.p99()),
                                number(load.javaMillis()),
                                number(load.databaseMillis())),
                goal);
    }

    /** What each of so many requests, one after another, asks of the database about this clinic. */
    private List<List<Statement>> samples(int many, IntFunction<byte[]> request) throws SQLException, IOException {
        var log = new StatementLog(stage.postgres());
        // Some before, so that every statement is prepared as it will be, and none is asked for the first time.
        Load.once(stage, 1, 20, n -> request.apply(many + n));
        var asked = log.during(() -> {
            try (var marks = stage.postgres().recado().connectAsSuperuser();
                    var mark = marks.createStatement();
                    var connection = new ApiConnection(stage.server())) {
                for (int n = 0; n < many; n++) {
                    mark.execute("select 'request " + n + "'");
                    connection.send(request.apply(n)).orFail();
                }
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return requests(asked);
    }

    /** Divides what was asked at the marks, and keeps transactions that name the clinic. */
    private List<List<Statement>> requests(List<Statement> asked) {
        var requests = new ArrayList<List<Statement>>();
        var open = new HashMap<Long, List<Statement>>();
        for (var one : asked) {
            if (one.sql().startsWith("select 'request ")) {
                requests.add(new ArrayList<>());
                open.clear();
            } else if (one.role().equals("recado_app") && !requests.isEmpty()) {
                var transaction = open.computeIfAbsent(one.process(), process -> new ArrayList<>());
                transaction.add(one);
                boolean begins =
                        transaction.getFirst().sql().toLowerCase(Locale.ROOT).startsWith("begin");
                var sql = one.sql().toLowerCase(Locale.ROOT);
                if (!begins || sql.equals("commit") || sql.equals("rollback")) {
                    if (transaction.stream().anyMatch(s -> s.values().contains(clinic.id.toString()))) {
                        requests.getLast().addAll(transaction);
                    }
                    open.remove(one.process());
                }
            }
        }
        return requests;
    }

    /** Ids that stand in one request only: what it created. */
    static List<Set<String>> created(List<List<Statement>> requests, Set<String> known) {
        var seen = new HashMap<String, Set<Integer>>();
        for (int i = 0; i < requests.size(); i++) {
            for (var statement : requests.get(i)) {
                for (var value : statement.values()) {
                    var ids = UUIDS.matcher(value == null ? "" : value);
                    while (ids.find()) {
                        seen.computeIfAbsent(ids.group(), id -> new HashSet<>()).add(i);
                    }
                }
            }
        }
        var created = new ArrayList<Set<String>>();
        requests.forEach(request -> created.add(new HashSet<>()));
        seen.forEach((id, where) -> {
            if (where.size() == 1 && !known.contains(id)) {
                created.get(where.iterator().next()).add(id);
            }
        });
        return created;
    }

    static String replaced(String value, Map<String, String> others) {
        return UUIDS.matcher(value).replaceAll(id -> others.getOrDefault(id.group(), id.group()));
    }

    static Instant inDays(int days) {
        return LocalDate.now(ZoneOffset.UTC)
                .plusDays(days)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(Duration.ofHours(12));
    }

    static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
