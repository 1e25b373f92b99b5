package app.recado.devstack;

import app.recado.devstack.LoadFigures.Timed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./dev load [--clinics N] [--speed X] [--seconds N] [--replicas N] [--pooler] [--short] [--unprotected]}: so many clinics of five
 * practitioners with twenty visits a day each live X times as fast as people do, on two backends and two gateways. It
 * prints what that cost by part and what one machine carries, and fails when a request failed, a message was lost or
 * doubled, or more connections to PostgreSQL were open than docs/scale.md says. {@code --unprotected} gives a backend as many
 * connections as it likes, without a pooler, and must therefore fail.
 */
final class LoadRun {
    /** Accounts may have thirty streams open; all clinics here have the same owner. */
    private static final int STREAMS = 24;

    /** A machine that is busier than this in working hours makes people wait. */
    private static final double BUSY = 0.7;

    private static final Duration WARM = Duration.ofSeconds(10);
    private static final Duration FINISHED = Duration.ofMinutes(4);
    private static final Duration REST = Duration.ofMinutes(2);

    /** How much of whom. */
    private record Size(int clinics, double speed, Duration length, int replicas, boolean pooler) {}

    private final Stack stack;
    private final Size size;
    private final LoadFigures figures = new LoadFigures();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, Integer> mostConnections = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();

    private LoadRun(Stack stack, Size size) {
        this.stack = stack;
        this.size = size;
    }

    static int run(List<String> words) {
        var brief = words.contains("--short");
        var bounded = !words.contains("--unprotected");
        var size = new Size(
                (int) option(words, "--clinics", brief ? 3 : 10),
                option(words, "--speed", 60),
                Duration.ofSeconds((long) option(words, "--seconds", brief ? 30 : 180)),
                (int) option(words, "--replicas", 2),
                bounded && (brief || words.contains("--pooler")));
        System.out.printf(
                "%d clinics, %.0f times as fast as people, %d s; %d backends and gateways%s%n",
                size.clinics(),
                size.speed(),
                size.length().toSeconds(),
                size.replicas(),
                size.pooler() ? ", PgBouncer in transaction mode" : "");
        var data = Folders.temporary("load");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(data)));
        var plan =
                StackPlan.ephemeral(data, false).withReplicas(size.replicas()).backendsWith(settings(bounded));
        try (var stack = Stack.start(size.pooler() ? plan.withPooler() : plan, Stack.Progress.silent())) {
            return new LoadRun(stack, size).go();
        }
    }

    /** Every clinic here has the same owner, whose share of requests is one person's. */
    private static Map<String, String> settings(boolean connectionsBounded) {
        var settings = new HashMap<String, String>();
        settings.put("RECADO_REQUESTLIMIT_BURST", "100000");
        settings.put("RECADO_REQUESTLIMIT_PERMINUTE", "1000000");
        if (!connectionsBounded) {
            settings.put("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "40");
        }
        return settings;
    }

    private static double option(List<String> words, String name, double standard) {
        int at = words.indexOf(name);
        return at < 0 ? standard : Double.parseDouble(words.get(at + 1));
    }

    private int go() {
        try (var receiver = VerifyingReceiver.start();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var clinics = open(receiver);
            for (int i = 0; i < clinics.size(); i++) {
                clinics.get(i).live(executor, i < STREAMS);
            }
            LockSupport.parkNanos(WARM.toNanos());
            var before = costs();
            int bookedBefore = figures.booked();
            long from = System.nanoTime();
            watchFor(size.length());
            var spent = since(before);
            double seconds = (System.nanoTime() - from) / 1e9;
            int booked = figures.booked() - bookedBefore;
            over.set(true);
            finish(executor);
            rest();
            return report(spent, seconds, booked, receiver.taken());
        }
    }

    private List<LoadClinic> open(VerifyingReceiver receiver) {
        var all = new ArrayList<LoadClinic>();
        for (int i = 0; i < size.clinics(); i++) {
            var clinic = CrashClinic.open(stack, "Clínica " + i, "carga-" + i, "+549114%07d".formatted(1_000_000 + i));
            if (i == 0) {
                // Everybody here is a stranger to the lines; how many of those they may write to has a test of its own.
                clinic.phone("/admin/faults", Map.of("strangersAtOnce", 1_000_000))
                        .orFail("faults");
            }
            var one = new LoadClinic(clinic, i, size.speed(), figures, over::get);
            one.tell(receiver.url(Integer.toString(i)));
            all.add(one);
        }
        return all;
    }

    private void watchFor(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            connections().forEach((role, count) -> mostConnections.merge(role, count, Math::max));
        }
    }

    private void finish(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(FINISHED.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow(); // streams that nothing wakes up any more
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            executor.shutdownNow();
        }
    }

    /** Until nothing waits to be sent or told any more. */
    private void rest() {
        Waiting.until(REST, () -> number("""
                select (select count(*) from recado.message
                         where state in ('planned', 'queued', 'handed', 'accepted', 'sending') and due_at < now())
                     + (select count(*) from recado.webhook_delivery where state = 'pending')
                """) == 0);
    }

    // --- what it cost
    // -------------------------------------------------------------------------------------------------

    private Map<String, ProcessCosts> costs() {
        var all = new LinkedHashMap<String, ProcessCosts>();
        all.put("backends", sum(stack.backends()));
        all.put("gateways", sum(stack.gateways()));
        all.put("PostgreSQL", ProcessCosts.of(stack.postgres().pid(), true));
        all.put("Keycloak", ProcessCosts.of(stack.keycloak().pid(), false));
        all.put("patients' phones", ProcessCosts.of(stack.simulator().pid(), false));
        return all;
    }

    private static ProcessCosts sum(List<? extends RestartableServer> servers) {
        return servers.stream()
                .map(server -> ProcessCosts.of(server.pid(), false))
                .reduce(new ProcessCosts(0, 0), ProcessCosts::plus);
    }

    private Map<String, ProcessCosts> since(Map<String, ProcessCosts> before) {
        var spent = new LinkedHashMap<String, ProcessCosts>();
        costs().forEach((part, now) -> {
            var then = Objects.requireNonNull(before.get(part));
            spent.put(part, new ProcessCosts(now.seconds() - then.seconds(), now.megabytes()));
        });
        return spent;
    }

    private Map<String, Integer> connections() {
        var found = new TreeMap<String, Integer>();
        try (var connection = stack.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select usename, count(*) from pg_stat_activity where usename like 'recado%' group by usename")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getInt(2));
            }
        } catch (SQLException e) {
            throw new DevstackException("PostgreSQL did not answer: " + e.getMessage(), e);
        }
        return found;
    }

    private long number(String sql) {
        try (var connection = stack.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new DevstackException("PostgreSQL did not answer: " + e.getMessage(), e);
        }
    }

    // --- what became of it
    // --------------------------------------------------------------------------------------------

    private int report(Map<String, ProcessCosts> spent, double seconds, int booked, int webhooks) {
        System.out.println("| figure | measured |");
        System.out.println("|---|---|");
        row(
                "visits a second, asked for",
                "%.2f",
                size.clinics() * size.speed() / LoadClinic.BETWEEN_VISITS.toSeconds());
        row("visits a second, booked", "%.2f", booked / seconds);
        row("clinics in real time that this equals", "%.0f", size.clinics() * size.speed());
        for (var timed : Timed.values()) {
            row(
                    timed.row + ", p50 and p99",
                    "%,d and %,d ms, %,d times",
                    figures.percentile(timed, 0.5),
                    figures.percentile(timed, 0.99),
                    figures.count(timed));
        }
        row("webhooks told, slowest of a hundred after the event", "%,d, %,d ms", webhooks, webhookDelay());
        row("hints to open consoles", "%,d", figures.hints());
        var carrying = carrying(spent, seconds, booked);
        mostConnections.forEach((role, count) -> row("connections of " + role + ", most at once", "%d", count));
        row("one machine of this kind carries", "%s", carrying);
        check();
        complaints.forEach(complaint -> System.out.println("  " + complaint));
        System.out.println(
                complaints.isEmpty()
                        ? "No request failed, nothing lost, nothing twice, connections within their bounds."
                        : complaints.size() + " complaints.");
        return complaints.isEmpty() ? 0 : 1;
    }

    /** What each part computed per visit, and how many clinics fill this machine's cores as far as people do not notice. */
    private String carrying(Map<String, ProcessCosts> spent, double seconds, int booked) {
        int cores = Runtime.getRuntime().availableProcessors();
        double perVisit = 0;
        var dearest = "";
        double most = 0;
        for (var part : spent.entrySet()) {
            double one = part.getValue().seconds() / Math.max(1, booked);
            row(
                    "processor and memory of " + part.getKey(),
                    "%.0f ms a visit, %.0f %% of the cores, %,d MB",
                    one * 1_000,
                    100 * part.getValue().seconds() / seconds / cores,
                    part.getValue().megabytes());
            if (part.getKey().equals("patients' phones")) {
                continue; // those are not on the clinics' machine
            }
            perVisit += one;
            if (one > most) {
                most = one;
                dearest = part.getKey();
            }
        }
        if (perVisit == 0) {
            return "unknown: this system does not tell what processes compute";
        }
        double clinics = BUSY * cores / perVisit * LoadClinic.BETWEEN_VISITS.toSeconds();
        return "the traffic of about %,.0f clinics at %.0f %% of %d cores; the first to move elsewhere: %s"
                .formatted(clinics, 100 * BUSY, cores, dearest);
    }

    private long webhookDelay() {
        return number("""
                select coalesce(percentile_disc(0.99) within group (
                           order by extract(epoch from attempt.at - delivery.occurred_at) * 1000), 0)
                  from recado.webhook_attempt attempt
                  join recado.webhook_delivery delivery using (organization_id, endpoint_id, event_id)
                """);
    }

    private void check() {
        complaints.addAll(figures.failures());
        if (figures.booked() == 0) {
            complaints.add("nothing was booked");
        }
        expect(
                "confirmations",
                number("select count(*) from recado.message where kind = 'confirmation'"),
                figures.booked());
        expect(
                "messages that reached their phone",
                number("select count(*) from recado.message where state in ('sent', 'delivered', 'read')"),
                figures.booked() + figures.written());
        expect(
                "answers in the agenda",
                number("select count(*) from recado.appointment where participation = 'accepted'"),
                figures.answered());
        expect(
                "webhooks that still wait",
                number("select count(*) from recado.webhook_delivery where state <> 'delivered'"),
                0);
        expect("messages that a phone opened more than once", openedAgain(), 0);
        if (figures.hints() == 0) {
            complaints.add("no open console heard anything");
        }
        complaints.addAll(LoadBounds.of(size.replicas(), size.pooler()).exceededBy(mostConnections));
    }

    private long openedAgain() {
        return Http.send(
                        "GET",
                        stack.simulator().url() + "/admin/inbox",
                        stack.simulator().token(),
                        Map.of(),
                        null)
                .orFail("inbox")
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("deliveries").asInt(1) != 1)
                .count();
    }

    private void expect(String what, long found, long expected) {
        if (found != expected) {
            complaints.add("%s: %d instead of %d".formatted(what, found, expected));
        }
    }

    private static void row(String figure, String format, Object... values) {
        System.out.printf("| %s | %s |%n", figure, format.formatted(values));
    }
}
