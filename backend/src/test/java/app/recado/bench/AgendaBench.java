package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.kernel.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * How fast a receptionist of a large clinic finds patients, days and free hours, and how long a register takes in and out.
 * Run by {@code ./dev bench agenda [--small]}; prints one row of a Markdown table for each figure. Answers are asked for
 * one after another over one connection: what is told is what one person waits for, not what a server can carry.
 */
public final class AgendaBench {

    private static final int WARM_SECONDS = 60;
    /** Days from tomorrow on that are booked before anything is measured. */
    private static final int BOOKED_FOR = 31;

    /** Who offers the service that hours are looked for. */
    private static final int OFFERING = 10;

    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E+]+)");

    private static final int PRACTITIONERS = 20;

    /** Visits of a practitioner in a day. */
    private static final int A_DAY = 16;

    private static final LocalDate LAST_DAY = LocalDate.of(2026, 10, 30);

    private static final List<String> GIVEN = List.of("María José", "Ana", "Iván", "Søren", "Łucja", "João", "Zoë");
    private static final List<String> FAMILY = List.of("González", "D'Angelo", "Núñez", "O'Brien", "Quiroga", "Sosa");

    /** Twenty of twenty-four half hours of each working day of all practitioners are taken. */
    private static final String BOOKED_DAYS = """
            insert into recado.appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at,
                                            ends_at, time_zone, status, participation, schedule_version, created_at, created_by,
                                            version)
            select '%1$s', uuidv7(), p.id, d.id, s.id, t.start, t.start + interval '30 minutes', 'America/Argentina/Buenos_Aires',
                   'booked', 'needs-action', 1, now(), 'test', 0
              from generate_series(1, %2$d) day
             cross join generate_series(0, 19) slot
             cross join (select id, row_number() over (order by id) as n from recado.practitioner
                          where organization_id = '%1$s') d
             cross join lateral (select timestamptz '%3$sT11:00:00Z' + interval '1 day' * day
                                        + interval '30 minutes' * ((slot + d.n) %% 24) as start) t
              join (select id, row_number() over (order by id) - 1 as n from recado.patient
                     where organization_id = '%1$s' limit 5000) p on p.n = (day * 400 + slot * 20 + d.n) %% 5000
             cross join (select id from recado.healthcare_service where organization_id = '%1$s' limit 1) s
            """;

    private final ApiStage stage;
    private final boolean small;
    private final LargeClinic large;
    private final Clinic clinic;

    private AgendaBench(ApiStage stage, boolean small) throws SQLException, IOException, InterruptedException {
        this.stage = stage;
        this.small = small;
        this.large = LargeClinic.amongOthers(stage, small);
        this.clinic = large.clinic();
    }

    public static void main(String[] args) {
        try (var stage = ApiStage.open()) {
            new AgendaBench(stage, List.of(args).contains("--small")).run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of the stand-ins would go on
        }
    }

    private void run() throws Exception {
        bookedDays();
        reads();
        new ApiBenchWrites(stage, large, small, BOOKED_FOR + 2).bookedAgainstInsertions();
        stage.work();
        register();
    }

    private void bookedDays() throws SQLException {
        try (var connection = stage.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(BOOKED_DAYS.formatted(clinic.id, BOOKED_FOR, large.today()));
            statement.execute("vacuum (analyze, parallel 0)");
        }
    }

    private void reads() throws Exception {
        var service = service();
        IntFunction<byte[]> search = n -> clinic.post("/patients/search", Map.of("text", typed(n), "limit", 20));
        IntFunction<byte[]> day = n -> {
            var date = large.today().plusDays(1 + n % 30);
            return clinic.get("/appointments?limit=200&from=" + date + "&to=" + date.plusDays(1));
        };
        IntFunction<byte[]> month = n -> clinic.get("/slots?healthcareServiceId=" + service + "&from="
                + large.today().plusDays(1) + "&to=" + large.today().plusDays(31));
        var kinds = List.of(search, day, month);
        Load.during(
                stage,
                2,
                small ? 5 : WARM_SECONDS,
                n -> kinds.get(n / 2 % kinds.size()).apply(n));
        answered("search as you type, three letters to a name and a family name", search, "p99 ≤ 5 ms");
        answered("day of 20 practitioners, the first 200 of 400 visits", day, "p99 ≤ 20 ms");
        answered("free hours of 30 days, 10 practitioners", month, "p99 ≤ 50 ms");
    }

    /** Three letters, then more of the words, as somebody types them. */
    private String typed(int n) {
        return n % 2 == 0 ? large.name(n).substring(0, 3) : large.words(n);
    }

    private String service() throws IOException {
        try (var connection = new ApiConnection(stage.server())) {
            return connection
                    .send(clinic.post(
                            "/healthcare-services",
                            ApiStage.key(),
                            ApiBench.ordered(
                                    "name",
                                    "Control anual",
                                    "durationMinutes",
                                    30,
                                    "practitionerIds",
                                    large.practitioners().subList(0, OFFERING))))
                    .orFail()
                    .location();
        }
    }

    private void answered(String what, IntFunction<byte[]> request, String goal) {
        Load.during(stage, 1, small ? 1 : 3, request);
        var load = Load.during(stage, 1, small ? 2 : 10, request);
        ApiBench.row(
                what,
                "p50 %s ms, p99 %s ms; Java %s, PostgreSQL %s ms"
                        .formatted(
                                ApiBench.number(load.p50()),
                                ApiBench.number(load.p99()),
                                ApiBench.number(load.javaMillis()),
                                ApiBench.number(load.databaseMillis())),
                goal);
    }

    /** A register goes into an empty clinic, and out again. */
    private void register() throws Exception {
        int rows = small ? 5_000 : 100_000;
        var empty = stage.clinic("empty-" + Ids.next());
        try (var connection = new ApiConnection(stage.server())) {
            imported(
                    connection,
                    empty,
                    "/patient-imports",
                    file(rows),
                    Map.of(
                            "fields",
                            List.of("family-name", "given-name", "phone", "ar-dni", "birth-date", "email"),
                            "updateExisting",
                            false,
                            "monthFirst",
                            false),
                    rows,
                    "patients");
            long from = System.nanoTime();
            int bytes = connection.send(empty.exported()).orFail().body().length;
            ApiBench.row(
                    "export of the same",
                    "%s s, %,d kB; living in the heap before, meanwhile and after: %s MB"
                            .formatted(seconds(from), bytes / 1024, livingDuring(connection, empty)),
                    "≤ 20 s, flat memory");
            for (int n = 0; n < PRACTITIONERS; n++) {
                connection
                        .send(empty.post("/practitioners", ApiStage.key(), Map.of("displayName", "Profesional " + n)))
                        .orFail();
            }
            connection
                    .send(empty.post(
                            "/healthcare-services", ApiStage.key(), Map.of("name", "Control", "durationMinutes", 30)))
                    .orFail();
            imported(
                    connection,
                    empty,
                    "/appointment-imports",
                    visits(rows),
                    Map.of(
                            "fields",
                            List.of("external-id", "patient-identifier", "practitioner", "service", "start"),
                            "monthFirst",
                            false,
                            "pastStatus",
                            "fulfilled",
                            "notices",
                            "reminders"),
                    rows,
                    "past visits of these");
        }
    }

    private static String etag(ApiConnection connection, Clinic of, String path) throws IOException {
        return connection.send(of.get(path)).orFail().etag();
    }

    private void imported(
            ApiConnection connection,
            Clinic clinic,
            String kind,
            byte[] file,
            Map<String, ?> plan,
            int rows,
            String what)
            throws IOException, InterruptedException {
        var id = connection.send(clinic.upload(kind, file)).orFail().location();
        var path = kind + "/" + id;
        var tried = timed(
                connection,
                clinic,
                path,
                clinic.put(path, "If-Match: " + etag(connection, clinic, path) + "\r\n", plan),
                "checked",
                rows);
        var taken = timed(
                connection,
                clinic,
                path,
                clinic.post(path + "/commit", "If-Match: " + etag(connection, clinic, path) + "\r\n", Map.of()),
                "imported",
                rows);
        ApiBench.row("import of %d %s: every row tried".formatted(rows, what), tried, "");
        ApiBench.row("import of %d %s: taken over".formatted(rows, what), taken, "≤ 20 s, flat memory");
    }

    /** Half hours of past days, one after another with each practitioner. */
    private static byte[] visits(int rows) {
        var text = new StringBuilder("Id,DNI,Profesional,Servicio,Inicio\n");
        for (int n = 0; n < rows; n++) {
            int place = n / PRACTITIONERS;
            text.append("T-%d,%d,Profesional %d,Control,%s%n"
                    .formatted(
                            n,
                            20_000_000 + n * 37,
                            n % PRACTITIONERS,
                            LAST_DAY.minusDays(place / A_DAY).atTime(8, 0).plusMinutes(30L * (place % A_DAY))));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Begins a step of an import, waits until it is over, and tells its time and what lived in the heap meanwhile. */
    private String timed(ApiConnection connection, Clinic of, String path, byte[] begin, String state, int rows)
            throws IOException, InterruptedException {
        var living = new ArrayList<String>();
        living.add(livingMegabytes());
        long from = System.nanoTime();
        connection.send(begin).orFail();
        int next = rows / 2;
        while (true) {
            var now = ApiStage.json(connection.send(of.get(path)).orFail());
            if (now.path("state").asString().equals(state)) {
                var time = seconds(from);
                living.add(livingMegabytes());
                return "%s s; living in the heap before, half-way and after: %s MB"
                        .formatted(time, String.join(", ", living));
            }
            if (now.path("state").asString().equals("failed")) {
                throw new IllegalStateException(now.toString());
            }
            if (now.path("rowsDone").asInt() >= next) {
                living.add(livingMegabytes());
                next = Integer.MAX_VALUE;
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** What lives in the heap around and inside an export; another one than is timed, for collecting takes its time. */
    private String livingDuring(ApiConnection connection, Clinic of)
            throws IOException, InterruptedException, ExecutionException {
        var before = livingMegabytes();
        try (var beside = Executors.newSingleThreadExecutor()) {
            var meanwhile = beside.submit(() -> {
                LockSupport.parkNanos(300_000_000);
                return livingMegabytes();
            });
            int bytes = connection.send(of.exported()).orFail().body().length;
            var living = String.join(", ", before, meanwhile.get(), livingMegabytes());
            if (bytes == 0) {
                throw new IllegalStateException("Nothing was exported");
            }
            return living;
        }
    }

    private static String seconds(long from) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - from) / 1e9);
    }

    /** After a full collection, so that only what is still referred to counts. */
    private String livingMegabytes() throws IOException, InterruptedException {
        var collect = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow().replaceAll("java$", "jcmd"),
                        Long.toString(stage.backendPid()),
                        "GC.run")
                .redirectErrorStream(true)
                .start();
        collect.getInputStream().readAllBytes();
        collect.waitFor();
        var metrics = HEAP.matcher(stage.scrape());
        double sum = 0;
        while (metrics.find()) {
            sum += Double.parseDouble(metrics.group(1));
        }
        return String.format(Locale.ROOT, "%.0f", sum / 1024 / 1024);
    }

    private static byte[] file(int rows) {
        var text = new StringBuilder("Apellido,Nombre,Teléfono,DNI,Fecha de nacimiento,Correo\n");
        for (int n = 0; n < rows; n++) {
            text.append("%s %s,%s,11 %d-%04d,%d,%02d/%02d/%d,p%d@example.org%n"
                    .formatted(
                            FAMILY.get(n % FAMILY.size()),
                            FAMILY.get(n / 7 % FAMILY.size()),
                            GIVEN.get(n % GIVEN.size()),
                            4000 + n / 10_000 * 13 % 5_000,
                            n % 10_000,
                            20_000_000 + n * 37,
                            1 + n % 28,
                            1 + n % 12,
                            1930 + n % 90,
                            n));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
