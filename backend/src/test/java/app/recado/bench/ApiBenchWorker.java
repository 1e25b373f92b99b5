package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.bench.StatementLog.Statement;
import app.recado.testing.FakeGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What the worker asks when there is nothing to do, and how soon a booking's message is with the engine. */
final class ApiBenchWorker {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final ApiStage stage;
    private final Clinic clinic;
    private final Clinic neighbour;
    private final boolean small;

    ApiBenchWorker(ApiStage stage, Clinic clinic, Clinic neighbour, boolean small) {
        this.stage = stage;
        this.clinic = clinic;
        this.neighbour = neighbour;
        this.small = small;
    }

    void run() throws Exception {
        try (var connection = stage.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement()) {
            // What the writes above planned is not to be sent now.
            statement.execute("set session_replication_role = replica");
            statement.execute("delete from recado.message where state in ('planned', 'queued')");
            statement.execute("vacuum (analyze) recado.message");
        }
        stage.work();
        idle();
        try (var connection = new ApiConnection(stage.server())) {
            book(connection, small ? 20 : 1_500, 0); // warm: this process has just started
            latency(connection, "alone", 1);
            int due = small ? 1_000 : 20_000;
            due(connection, due);
            latency(connection, "while " + due + " messages of another clinic are due", 2);
        }
    }

    /** Every statement that the backend asks by itself within some seconds, and for a monitor. */
    private void idle() throws SQLException, IOException {
        LockSupport.parkNanos(SETTLE.toNanos());
        var asked = new StatementLog(stage.postgres()).during(() -> {
            for (int i = 0; i < (small ? 1 : 4); i++) {
                LockSupport.parkNanos(SETTLE.toNanos());
                try {
                    stage.scrape();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        var times = asked.stream()
                .filter(one -> one.role().equals("recado_app") || one.role().equals("recado_worker"))
                .collect(Collectors.groupingBy(
                        Statement::sql,
                        Collectors.mapping(Statement::millis, Collectors.collectingAndThen(Collectors.toList(), all -> {
                            all.sort(Comparator.naturalOrder());
                            return all.get(all.size() / 2);
                        }))));
        var slowest =
                times.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        ApiBench.row(
                "statements of an idle backend and its monitor, " + times.size() + " different ones",
                "p50 of the slowest " + ApiBench.number(slowest.getValue()) + " ms: `"
                        + slowest.getKey().replaceAll("\\s+", " ").replaceAll("^(.{60}).*", "$1…") + "`",
                "≤ 1 ms each");
    }

    /** From the moment at which a booking's answer was read until its command arrived. */
    private void latency(ApiConnection connection, String when, int round) throws Exception {
        var booked = book(connection, small ? 20 : 200, round);
        var millis = new ArrayList<Double>();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (millis.size() < booked.size() && System.nanoTime() < end) {
            millis.clear();
            for (var command : FakeGateway.shared().acceptedFor(clinic.line())) {
                var answered = booked.get(command.to);
                if (answered != null) {
                    millis.add(Math.max(0, (command.arrivedAt - answered) / 1e6));
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
        millis.sort(Comparator.naturalOrder());
        ApiBench.row(
                "booking's 2xx to the command at the engine, " + when,
                millis.isEmpty()
                        ? "none arrived"
                        : "p50 %s ms, p99 %s ms (%d of %d)"
                                .formatted(
                                        ApiBench.number(millis.get(millis.size() / 2)),
                                        ApiBench.number(millis.get(millis.size() * 99 / 100)),
                                        millis.size(),
                                        booked.size()),
                "p50 10, p99 50 ms");
    }

    /** Books one visit each for new patients. @return when each answer was read, by phone */
    private Map<String, Long> book(ApiConnection connection, int many, int round) throws IOException {
        var booked = new HashMap<String, Long>();
        for (int i = 0; i < many; i++) {
            var phone = "+54911%d%07d".formatted(4 + round, 1_000_000 + i);
            var patient = clinic.patient(connection, phone);
            var request = clinic.post(
                    "/appointments",
                    ApiStage.key(),
                    ApiBench.ordered(
                            "patientId", patient.toString(),
                            "practitionerId", clinic.practitioner().toString(),
                            "healthcareServiceId", clinic.service().toString(),
                            "start",
                                    ApiBench.inDays(400 + round * 120 + i / 16)
                                            .plus(Duration.ofMinutes(30L * (i % 16)))
                                            .toString()));
            connection.send(request).orFail();
            booked.put(phone, System.nanoTime());
            LockSupport.parkNanos(10_000_000);
        }
        return booked;
    }

    /** So many confirmations of the neighbour fall due at this moment, each of a visit of another patient's. */
    private void due(ApiConnection connection, int many) throws SQLException, IOException {
        var patient = neighbour.patient(connection, "+5491122334455");
        var visit = UUID.fromString(connection
                .send(neighbour.post(
                        "/appointments",
                        ApiStage.key(),
                        ApiBench.ordered(
                                "patientId", patient.toString(),
                                "practitionerId", neighbour.practitioner().toString(),
                                "healthcareServiceId", neighbour.service().toString(),
                                "start", ApiBench.inDays(30).toString())))
                .orFail()
                .location());
        try (var database = stage.postgres().recado().connectAsSuperuser()) {
            Copies.due(database, neighbour.id, patient, visit, many, Instant.now());
        }
    }
}
