package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.bench.StatementLog.Statement;
import app.recado.kernel.Ids;
import app.recado.testing.BigClinic;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * A clinic with 100,000 patients, visits and messages among nine others of its size, and what is known of it: enough of its
 * patients that requests about them are not all the same.
 *
 * @param today the day, UTC, before which its visits lie
 * @param names of the patients, given name before family name
 * @param practitioners twenty, in the order of their ids, after the one it began with
 */
record LargeClinic(Clinic clinic, LocalDate today, List<UUID> patients, List<String> names, List<UUID> practitioners) {

    private static final int NEIGHBOURS = 9;

    /** @param small a twentieth of everything */
    static LargeClinic amongOthers(ApiStage stage, boolean small)
            throws SQLException, IOException, InterruptedException {
        int size = small ? 5_000 : 100_000;
        var large = new LargeClinic(
                stage.clinic("large-" + Ids.next()),
                LocalDate.now(ZoneOffset.UTC),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        large.fill(stage, size);
        return large;
    }

    private void fill(ApiStage stage, int size) throws SQLException, InterruptedException {
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

    UUID patient(int n) {
        return patients.get(n % patients.size());
    }

    String name(int n) {
        return names.get(n % names.size());
    }

    /** The beginning of a given name and the family name. */
    String words(int n) {
        var parts = name(n).split(" ", -1);
        return parts[0].substring(0, Math.min(4, parts[0].length())) + " " + parts[parts.length - 1];
    }

    /** What each of so many requests, one after another, asks of the database about this clinic. */
    List<List<Statement>> samples(ApiStage stage, int many, IntFunction<byte[]> request)
            throws SQLException, IOException {
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
}
