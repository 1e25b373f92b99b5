package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What rules cost a clinic with very many visits. Run by {@code ./dev bench messages [--small]}; prints one row of a
 * Markdown table for each figure. A rule is added, changed and paused over HTTP, as an owner does it; the tick is the
 * statement by which the worker makes messages ready that fall due.
 */
public final class MessagesBench {

    private static final int TICKS = 20;
    private static final int PER_TICK = 1_000;

    /** Booked over each other, so that twenty practitioners have room for all of them. */
    private static final String VISITS = """
            insert into recado.appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at,
                                            ends_at, time_zone, status, participation, schedule_version, created_at, created_by,
                                            version, source, overbooked)
            select '%1$s', uuidv7(), p.id, d.id, s.id, t.start, t.start + interval '30 minutes', 'America/Argentina/Buenos_Aires',
                   'booked', 'needs-action', 1, now(), 'bench', 0, 'desk', true
              from generate_series(1, %2$d) as visits (v)
             cross join lateral (select date_trunc('hour', now()) + interval '10 days' + interval '1 minute' * (v %% 400000) as start) t
              join (select id, row_number() over (order by id) - 1 as n from recado.patient
                     where organization_id = '%1$s' limit 5000) p on p.n = v %% 5000
              join (select id, row_number() over (order by id) - 1 as n from recado.practitioner
                     where organization_id = '%1$s' limit 20) d on d.n = v %% 20
             cross join (select id from recado.healthcare_service where organization_id = '%1$s' limit 1) s
            """;

    /** As {@code OutboxAcrossClinics} has it. */
    private static final String TICK = """
            update recado.message set ready = true
             where (organization_id, id) in (
                   select organization_id, id from recado.message
                    where next_attempt_at <= ? and next_attempt_at is not null and not ready
                    order by next_attempt_at limit 500 for update skip locked)
            """;

    private final ApiStage stage;
    private final int visits;
    private final Clinic clinic;

    private MessagesBench(ApiStage stage, boolean small) throws SQLException, IOException, InterruptedException {
        this.stage = stage;
        this.visits = small ? 20_000 : 1_000_000;
        this.clinic = LargeClinic.amongOthers(stage, true).clinic();
    }

    public static void main(String[] args) {
        try (var stage = ApiStage.open()) {
            new MessagesBench(stage, List.of(args).contains("--small")).run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of the stand-ins would go on
        }
    }

    private void run() throws Exception {
        try (var database = stage.postgres().recado().connectAsSuperuser();
                var api = new ApiConnection(stage.server())) {
            try (var statement = database.createStatement()) {
                statement.execute(VISITS.formatted(clinic.id, visits));
                statement.execute("vacuum (analyze, parallel 0)");
            }
            var rule = new String[1];
            timed(
                    "a rule that plans all of %,d visits, cold".formatted(visits),
                    visits == 1_000_000 ? "≤ 10 s" : "",
                    () -> rule[0] = api.send(clinic.post("/notification-rules", ApiStage.key(), rule(1440, true)))
                            .orFail()
                            .location());
            var path = "/notification-rules/" + rule[0];
            timed("the same rule, due at another time", "", () -> changed(api, path, rule(2880, true)));
            timed("the same rule paused", "", () -> changed(api, path, rule(2880, false)));
            timed("and resumed", "", () -> changed(api, path, rule(2880, true)));
            tick(database);
        }
    }

    private java.util.Map<String, Object> rule(int minutes, boolean active) {
        return ApiBench.ordered(
                "trigger", "before-visit", "minutesBefore", minutes, "active", active, "confirmedMessages", visits);
    }

    private void changed(ApiConnection api, String path, java.util.Map<String, Object> rule) throws IOException {
        var etag = api.send(clinic.get(path)).orFail().etag();
        api.send(clinic.put(path, "If-Match: " + etag + "\r\n", rule)).orFail();
    }

    /** A thousand messages fall due, again and again. */
    private void tick(Connection database) throws SQLException {
        var millis = new ArrayList<Double>();
        try (var due = database.prepareStatement("""
                select next_attempt_at from recado.message where next_attempt_at is not null and not ready
                 order by next_attempt_at offset %d limit 1
                """.formatted(PER_TICK - 1));
                var tick = database.prepareStatement(TICK)) {
            for (int turn = 0; turn < TICKS; turn++) {
                Object until;
                try (var rows = due.executeQuery()) {
                    if (!rows.next()) {
                        break;
                    }
                    until = rows.getObject(1);
                }
                tick.setObject(1, until);
                long from = System.nanoTime();
                for (int made = 0; made < PER_TICK; made += 500) {
                    tick.executeUpdate();
                }
                millis.add((System.nanoTime() - from) / 1e6);
            }
        }
        millis.sort(null);
        ApiBench.row(
                "a tick in which %,d of %,d fall due".formatted(PER_TICK, visits),
                "p50 %s ms".formatted(ApiBench.number(millis.get(millis.size() / 2))),
                "≤ 20 ms");
    }

    private interface Step {
        void go() throws IOException;
    }

    private static void timed(String what, String goal, Step step) throws IOException {
        long from = System.nanoTime();
        step.go();
        ApiBench.row(what, String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - from) / 1e9), goal);
    }
}
