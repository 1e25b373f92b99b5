package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.bench.StatementLog.Statement;
import app.recado.kernel.Ids;
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
    /** How long all kinds of reads are asked before any is measured. */
    private static final int WARM_SECONDS = 75;

    private final boolean small;
    private final ApiStage stage;
    private final LargeClinic large;
    private final Clinic clinic;

    private ApiBench(ApiStage stage, boolean small) throws SQLException, IOException, InterruptedException {
        this.stage = stage;
        this.small = small;
        this.large = LargeClinic.amongOthers(stage, small);
        this.clinic = large.clinic();
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
        reads();
        new ApiBenchWrites(stage, large, small, 20).run();
        new ApiBenchWorker(stage, clinic, stage.clinic("neighbour-" + Ids.next()), small).run();
    }

    private void reads() throws Exception {
        IntFunction<byte[]> aPatient = n -> clinic.get("/patients/" + large.patient(n));
        IntFunction<byte[]> visits = n -> clinic.get("/patients/" + large.patient(n) + "/appointments");
        IntFunction<byte[]> agenda = n -> {
            var day = large.today().minusDays(1 + n % (small ? 10 : 300));
            return clinic.get("/appointments?from=" + day + "&to=" + day.plusDays(1));
        };
        IntFunction<byte[]> messages = n -> clinic.get("/messages?limit=" + (40 + n % 20));
        var kinds = List.of(aPatient, visits, agenda, messages, searched(large::words));
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
        search("two", "search, two words", large::words);
        search("three", "search, three letters", n -> large.name(n).substring(0, 3));
        search("digits", "search, five digits of a number", n -> String.valueOf(20_000 + (n * 7919) % 70_000));
    }

    private IntFunction<byte[]> searched(IntFunction<String> text) {
        return n -> clinic.post("/patients/search", Map.of("text", text.apply(n), "limit", 20));
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
        var prepared = new byte[2_000][];
        for (int i = 0; i < prepared.length; i++) {
            prepared[i] = request.apply(i);
        }
        IntFunction<byte[]> any = n -> prepared[n % prepared.length];
        var replay = Replay.of(stage.postgres(), key, large.samples(stage, SAMPLES, any), (n, value) -> value);
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
