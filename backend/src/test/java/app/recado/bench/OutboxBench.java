package app.recado.bench;

import app.recado.devstack.PostgresServer;
import app.recado.messaging.AnotherOutbox;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.LineEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextManager;

/**
 * How fast messages leave, against what the same PostgreSQL does bare in the same run, so that the figures are ratios. Run
 * with the test class path: {@code java app.recado.bench.OutboxBench [messages] [idle messages]}; the defaults are 10000
 * and 1000000. Prints one row of a Markdown table for each figure.
 */
public final class OutboxBench {

    private static final int BATCH = 200;
    private static final Duration CALL = Duration.ofMillis(50);

    private final ApplicationContext context;
    private final Clinics clinics;
    private final SettableClock clock;
    private final AnotherOutbox outbox;
    private final PostgresServer.Database database;
    private final int messages;

    private OutboxBench(ApplicationContext context, int messages) {
        this.context = context;
        this.clinics = context.getBean(Clinics.class);
        this.clock = context.getBean(SettableClock.class);
        this.outbox = context.getBean(AnotherOutbox.class);
        this.database = context.getBean(PostgresServer.Database.class);
        this.messages = messages;
    }

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int idle = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        var context = new TestContextManager(Backend.class).getTestContext().getApplicationContext();
        new OutboxBench(context, messages).run(idle);
        System.exit(0);
    }

    /** The whole backend as tests start it. */
    @RecadoTest
    static final class Backend {}

    private static void row(String figure, String value, String goal) {
        System.out.printf("| %s | %s | %s |%n", figure, value, goal);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    private void run(int idle) throws Exception {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        context.getBean(OutboxWorker.class).runDue();
        delivered(1, messages / 4); // warm
        double bare = bare();
        double same = sameChanges();
        row("claim " + BATCH + " + delete " + BATCH + ", bare", number(bare) + "/s", "");
        row("the same row changes in batches of " + BATCH, number(same) + "/s", "");
        for (int many : new int[] {1, 50}) {
            double rate = delivered(many, messages);
            row(
                    "delivered in order, engine answers at once, clinics: " + many,
                    number(rate) + "/s, " + number(rate / same) + " of the same changes, " + number(rate / bare)
                            + " of bare",
                    "≥ 0.5, ≥ 0.1");
        }
        double limit = 64 / (CALL.toMillis() / 1000.0);
        double slow = delivered(1, Math.min(messages, 4000), CALL);
        row("engine of 50 ms, one line", number(slow) + "/s, " + number(slow / limit) + " of its limit", "≥ 0.85");
        latency();
        idle(idle);
    }

    /** An engine that takes everything after a while. */
    private static final class Taking implements LineEngine {

        private final Duration after;
        private final CountDownLatch left;
        private final Map<String, Integer> lastOf = new ConcurrentHashMap<>();

        Taking(Duration after, int many) {
            this.after = after;
            this.left = new CountDownLatch(many);
        }

        @Override
        public HandOffAnswer submit(Command command) {
            if (!after.isZero()) {
                try {
                    Thread.sleep(after);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            lastOf.merge(command.to(), 1, Integer::sum);
            left.countDown();
            return new HandOffAnswer.Taken(CommandState.ACCEPTED, null);
        }

        @Override
        public WithdrawAnswer withdraw(UUID lineId, UUID messageId) {
            return new WithdrawAnswer.Withdrawn();
        }
    }

    private double delivered(int many, int all) throws Exception {
        return delivered(many, all, Duration.ZERO);
    }

    /** Messages a second, from the moment the worker starts until the last one's answer is recorded. */
    private double delivered(int many, int all, Duration call) throws Exception {
        var each = all / many;
        for (int i = 0; i < many; i++) {
            due(each - 1);
        }
        var engine = new Taking(call, each * many);
        long from = System.nanoTime();
        try (var running = outbox.start(engine)) {
            if (!engine.left.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException(engine.left.getCount() + " messages did not leave");
            }
        }
        return each * many / ((System.nanoTime() - from) / 1e9);
    }

    /** A clinic with so many confirmations due now, each of a visit of another patient's. */
    private LoopClinic due(int many) throws SQLException {
        var loop = LoopClinic.open(clinics, clock, context.getBean(OutboxWorker.class));
        var patient = loop.patient("Ana", "+5491123456789");
        var visit = loop.books(patient, "2026-11-30T13:00:00Z").id(); // its own confirmation is due with the rest
        try (var connection = database.connectAsSuperuser()) {
            Copies.due(connection, loop.clinic.id(), patient, visit, many, clock.instant());
        }
        return loop;
    }

    /** Rows a second that plain JDBC claims and deletes, 200 in a statement. */
    private double bare() throws SQLException {
        try (var connection = database.connectAsSuperuser()) {
            var statement = connection.createStatement();
            statement.execute("create table bare (id bigint primary key, due timestamptz, body text)");
            statement.execute(
                    "insert into bare select g, now(), 'x' from generate_series(1, %d) g".formatted(messages * 5));
            connection.setAutoCommit(false);
            long from = System.nanoTime();
            int done = 0;
            try (var claim = connection.prepareStatement(
                            "select id from bare where id > ? order by id limit 200 for update skip locked");
                    var delete = connection.prepareStatement("delete from bare where id = any(?)")) {
                long last = 0;
                while (true) {
                    var ids = new ArrayList<Long>();
                    claim.setLong(1, last);
                    try (var rows = claim.executeQuery()) {
                        while (rows.next()) {
                            ids.add(rows.getLong(1));
                        }
                    }
                    if (ids.isEmpty()) {
                        break;
                    }
                    delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                    delete.execute();
                    connection.commit();
                    last = ids.getLast();
                    done += ids.size();
                }
            }
            return done / ((System.nanoTime() - from) / 1e9);
        }
    }

    /** Messages a second for which plain JDBC, as the app under its policies, makes the changes that handing over makes. */
    private double sameChanges() throws SQLException {
        var clinic = due(messages / 2).clinic.id();
        var ids = new ArrayList<UUID>();
        try (var connection = database.connect("app")) {
            connection.setAutoCommit(false);
            bind(connection, clinic);
            try (var rows = connection
                    .createStatement()
                    .executeQuery("select id from recado.message where ready and organization_id = '" + clinic + "'")) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
            connection.commit();
            long from = System.nanoTime();
            for (int i = 0; i < ids.size(); i += BATCH) {
                var batch = ids.subList(i, Math.min(ids.size(), i + BATCH));
                bind(connection, clinic);
                change(connection, clinic, batch, """
                        update recado.message set state = 'handed', ready = false, rank = 1, holds_conversation = true, attempts = 1,
                               next_attempt_at = now() + interval '90 seconds', line_id = gen_random_uuid(), provider_message_id = id::text,
                               phone = '+5491123456789', text = 'Hola, Ana. Le esperamos.', language = 'es', not_after = useful_until,
                               updated_at = now(), version = version + 1
                         where organization_id = ? and id = ?
                        """, "handed");
                connection.commit();
                bind(connection, clinic);
                change(connection, clinic, batch, """
                        update recado.message set state = 'accepted', rank = 10, holds_conversation = false, attempts = 0,
                               next_attempt_at = null, updated_at = now(), version = version + 1
                         where organization_id = ? and id = ?
                        """, "accepted");
                connection.commit();
            }
            return ids.size() / ((System.nanoTime() - from) / 1e9);
        }
    }

    private static void bind(Connection connection, UUID clinic) throws SQLException {
        connection.createStatement().execute("select set_config('app.organization_id', '" + clinic + "', true)");
    }

    private static void change(Connection connection, UUID clinic, List<UUID> batch, String sql, String state)
            throws SQLException {
        try (var lock = connection.prepareStatement(
                        "select id from recado.message where organization_id = ? and id = any(?) order by id for update");
                var update = connection.prepareStatement(sql);
                var step = connection.prepareStatement("""
                        insert into recado.message_step (organization_id, id, message_id, state, at)
                        values (?, gen_random_uuid(), ?, ?, now())
                        """)) {
            lock.setObject(1, clinic);
            lock.setArray(2, connection.createArrayOf("uuid", batch.toArray()));
            lock.executeQuery();
            for (var id : batch) {
                update.setObject(1, clinic);
                update.setObject(2, id);
                update.addBatch();
                step.setObject(1, clinic);
                step.setObject(2, id);
                step.setString(3, state);
                step.addBatch();
            }
            update.executeBatch();
            step.executeBatch();
        }
    }

    /** From a booking's 2xx to its command at the engine, while another clinic's messages are due. */
    private void latency() throws Exception {
        due(messages * 2);
        var loop = LoopClinic.open(clinics, clock, context.getBean(OutboxWorker.class));
        var called = new ConcurrentHashMap<String, Long>();
        var arrived = new CountDownLatch(100);
        LineEngine engine = new LineEngine() {
            @Override
            public HandOffAnswer submit(Command command) {
                if (command.lineId().equals(loop.line)) {
                    called.put(command.to(), System.nanoTime());
                    arrived.countDown();
                }
                return new HandOffAnswer.Taken(CommandState.ACCEPTED, null);
            }

            @Override
            public WithdrawAnswer withdraw(UUID lineId, UUID messageId) {
                return new WithdrawAnswer.Withdrawn();
            }
        };
        var booked = new HashMap<String, Long>();
        var patients = new HashMap<String, UUID>();
        for (int i = 0; i < 100; i++) {
            var phone = "+54911300000" + (10 + i);
            patients.put(phone, loop.patient("P" + i, phone.substring(0, Math.min(14, phone.length()))));
        }
        try (var running = outbox.start(engine)) {
            int day = 0;
            for (var patient : patients.entrySet()) {
                var start = Instant.parse("2026-12-01T13:00:00Z").plus(Duration.ofHours(day++));
                loop.books(patient.getValue(), start.toString());
                booked.put(patient.getKey().substring(0, 14), System.nanoTime());
            }
            arrived.await(2, TimeUnit.MINUTES);
        }
        var millis = booked.entrySet().stream()
                .map(entry -> millis(entry.getValue(), called.get(entry.getKey())))
                .filter(value -> value >= 0)
                .sorted()
                .toList();
        row(
                "booking's 2xx to command at the engine, " + messages * 2 + " of another clinic due",
                millis.isEmpty()
                        ? "none"
                        : "p50 " + number(millis.get(millis.size() / 2)) + " ms, p99 "
                                + number(millis.get(millis.size() * 99 / 100)) + " ms (" + millis.size() + ")",
                "p50 10, p99 50 ms");
    }

    private static double millis(long from, @Nullable Long to) {
        return to == null ? -1 : Math.max(0, (to - from) / 1e6);
    }

    /** What the worker and the monitors ask with many messages and nothing due. */
    private void idle(int many) throws Exception {
        var loop = due(1);
        context.getBean(OutboxWorker.class).runDue();
        try (var connection = database.connectAsSuperuser()) {
            connection.createStatement().execute("""
                    insert into recado.message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id, state,
                           due_at, useful_until, next_attempt_at, created_at, updated_at)
                    select m.organization_id, gen_random_uuid(), gen_random_uuid(), 1, 'reminder', 1, m.patient_id,
                           case when g %% 20 = 0 then 'planned' else 'read' end,
                           case when g %% 20 = 0 then m.due_at + interval '1 year' else m.due_at end, m.useful_until,
                           case when g %% 20 = 0 then m.due_at + interval '1 year' end, m.created_at, m.updated_at
                      from (select * from recado.message where organization_id = '%s' limit 1) m, generate_series(1, %d) g
                    """.formatted(loop.clinic.id(), many));
            connection.createStatement().execute("vacuum analyze recado.message");
        }
        for (var asked : outbox.questions(loop.clinic.id()).entrySet()) {
            var times = new double[200];
            for (int i = 0; i < times.length; i++) {
                long from = System.nanoTime();
                asked.getValue().run();
                times[i] = (System.nanoTime() - from) / 1e6;
            }
            Arrays.sort(times);
            row(
                    asked.getKey() + ", " + many + " messages, nothing due",
                    "p50 " + number(times[100]) + " ms, p99 " + number(times[198]) + " ms",
                    "≤ 1 ms");
        }
    }
}
