package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.bench.StatementLog.Statement;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Booking and moving visits. What pgbench plays are the same changes for a twin of each visit: at another practitioner, with
 * other ids for all that is new, so that nothing collides and moving finds what booking made.
 */
final class ApiBenchWrites {

    private static final int CONNECTIONS = 4;
    /** Practitioners who are booked; as many more are their twins. */
    private static final int BOOKED = 10;

    private static final int A_DAY = 16;

    private final ApiStage stage;
    private final Clinic clinic;
    private final LargeClinic large;
    private final List<UUID> patients;
    private final List<UUID> practitioners;
    private final int samples;
    private final int requests;
    private final int firstDay;
    private final Random random = new Random(7);
    private final Map<String, String> twins = new HashMap<>();

    /** @param firstDay the first of the days, from today, on which nothing is booked yet */
    ApiBenchWrites(ApiStage stage, LargeClinic large, boolean small, int firstDay) {
        this.firstDay = firstDay;
        this.stage = stage;
        this.large = large;
        this.clinic = large.clinic();
        this.patients = large.patients();
        this.practitioners = large.practitioners();
        this.samples = small ? 40 : 400;
        this.requests = small ? 100 : 2_000;
        for (int i = 0; i < BOOKED; i++) {
            twins.put(
                    practitioners.get(i).toString(),
                    practitioners.get(i + BOOKED).toString());
        }
    }

    void run() throws Exception {
        measure("booked", "book a visit", "≥ 0.6", UnaryOperator.identity(), this::booking);
        var visits = visits();
        var tags = tags(visits);
        IntFunction<byte[]> moving = n -> clinic.post(
                "/appointments/" + visits.get(n) + "/reschedule",
                "If-Match: " + tags.get(n) + "\r\n",
                Map.of("start", slot(n, 200).toString()));
        measure("moved", "move a visit", "≥ 0.6", UnaryOperator.identity(), moving);
    }

    /** Booking alone, against nothing but the insertion of the same rows. */
    void bookedAgainstInsertions() throws Exception {
        measure("inserted", "book a visit, of plain insertion", "≥ 0.5", ApiBenchWrites::insertions, this::booking);
    }

    /** The rows a booking leaves behind, and nothing else: begin, whose they are, the insertions, commit. */
    private static List<Statement> insertions(List<Statement> request) {
        var kept = new ArrayList<Statement>();
        kept.add(request.getFirst());
        for (var one : request.subList(1, request.size() - 1)) {
            var sql = one.sql().toLowerCase(Locale.ROOT);
            if (sql.startsWith("insert") || sql.contains("set_config('app.organization_id'")) {
                kept.add(one);
            }
        }
        kept.add(request.getLast());
        return kept;
    }

    /** @param played what pgbench plays of the statements of a request */
    private void measure(
            String key, String what, String goal, UnaryOperator<List<Statement>> played, IntFunction<byte[]> request)
            throws Exception {
        int next = samples + 20; // the first request that was not made for samples
        var asked = large.samples(stage, samples, request).stream().map(played).toList();
        var known = new HashSet<String>(twins.keySet());
        known.addAll(twins.values());
        patients.forEach(patient -> known.add(patient.toString()));
        var created = ApiBench.created(asked, known);
        created.forEach(ids -> ids.forEach(id -> twins.put(id, twin(id))));
        var replay = Replay.of(stage.postgres(), key, asked, (n, value) -> ApiBench.replaced(value, twins));
        int warm = requests * 3 / 2;
        Load.once(stage, CONNECTIONS, warm, n -> request.apply(next + n));
        var load = Load.once(stage, CONNECTIONS, requests, n -> request.apply(next + warm + n));
        ApiBench.report(what, load, replay.once(CONNECTIONS), replay, goal);
    }

    private String twin(String id) {
        return id.substring(0, 24) + "%012x".formatted(random.nextLong() & 0xffffffffffffL);
    }

    private byte[] booking(int n) {
        return clinic.post(
                "/appointments",
                ApiStage.key(),
                ApiBench.ordered(
                        "patientId", patients.get(n % patients.size()).toString(),
                        "practitionerId", practitioners.get(n % BOOKED).toString(),
                        "healthcareServiceId", clinic.service().toString(),
                        "start", slot(n, firstDay).toString()));
    }

    /** A time for the n-th visit that no other has. */
    private static Instant slot(int n, int days) {
        int turn = n / BOOKED;
        return ApiBench.inDays(days + turn / A_DAY).plus(Duration.ofMinutes(30L * (turn % A_DAY)));
    }

    /** The booked visits in the order of their numbers. */
    private List<UUID> visits() throws SQLException {
        var at = new HashMap<String, UUID>();
        try (var connection = stage.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select id, practitioner_id, starts_at from recado.appointment where status = 'booked' and organization_id = '"
                                + clinic.id + "'")) {
            while (rows.next()) {
                at.put(rows.getString(2) + rows.getTimestamp(3).toInstant(), rows.getObject(1, UUID.class));
            }
        }
        var visits = new ArrayList<UUID>();
        for (int n = 0; ; n++) {
            var visit = at.get(practitioners.get(n % BOOKED).toString() + slot(n, firstDay));
            if (visit == null) {
                return visits;
            }
            visits.add(visit);
        }
    }

    private List<String> tags(List<UUID> visits) throws IOException {
        var tags = new ArrayList<String>();
        try (var connection = new ApiConnection(stage.server())) {
            for (var visit : visits) {
                tags.add(connection
                        .send(clinic.get("/appointments/" + visit))
                        .orFail()
                        .etag());
            }
        }
        return tags;
    }
}
