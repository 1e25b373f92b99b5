package app.recado.devstack;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./dev crash [--runs N] [--seed N] [--at PLACE]}: kills the backend or the gateway at each crash point of the message path
 * while visits are booked, patients answer and book through a flow, starts it again, and counts. Every acknowledged booking must be accounted
 * for, nothing may reach a patient's phone twice, and what is ambiguous must be {@code unknown}. The counts come from the
 * simulated phones, not from the product's own log.
 */
final class CrashRuns {

    /** Which process dies, and at which place of its code. */
    enum Point {
        BOOKING_BEFORE_COMMIT(Part.BACKEND, "booking-before-commit"),
        CLAIM_BEFORE_COMMIT(Part.BACKEND, "claim-before-commit"),
        HANDED_COMMITTED(Part.BACKEND, "handed-committed"),
        PUT_ANSWERED(Part.BACKEND, "put-answered"),
        EVENT_STORED_BEFORE_COMMIT(Part.BACKEND, "event-stored-before-commit"),
        EVENT_COMMITTED(Part.BACKEND, "event-committed"),
        FLOW_TURN_BEFORE_COMMIT(Part.BACKEND, "flow-turn-before-commit"),
        FLOW_TURN_COMMITTED(Part.BACKEND, "flow-turn-committed"),
        COMMAND_BEFORE_COMMIT(Part.GATEWAY, "command-before-commit"),
        COMMAND_ACCEPTED(Part.GATEWAY, "command-accepted"),
        SENDING_COMMITTED(Part.GATEWAY, "sending-committed"),
        SOCKET_WRITTEN(Part.GATEWAY, "socket-written"),
        ACK_RECEIVED(Part.GATEWAY, "ack-received"),
        EVENT_BEFORE_POST(Part.GATEWAY, "event-before-post"),
        EVENT_POSTED(Part.GATEWAY, "event-posted"),
        INBOUND_IN_HANDLER(Part.GATEWAY, "inbound-in-handler"),
        INBOUND_COMMITTED(Part.GATEWAY, "inbound-committed");

        final Part part;
        final String name;

        Point(Part part, String name) {
            this.part = part;
            this.name = name;
        }

        /** Whether the place is reached while a patient books through a flow. */
        boolean isFlow() {
            return this == FLOW_TURN_BEFORE_COMMIT || this == FLOW_TURN_COMMITTED;
        }

        /** Whether the place is reached by a patient's answer rather than by a booking. */
        boolean isInbound() {
            return this == INBOUND_IN_HANDLER || this == INBOUND_COMMITTED;
        }
    }

    enum Part {
        BACKEND,
        GATEWAY
    }

    /**
     * A dead backend's outbox is taken over after its lease and its jobs after four missed beats; runs are many, so both are
     * short here. The schema is there.
     */
    private static final Map<String, String> PATIENCE = Map.of(
            "RECADO_MESSAGING_LEASE", "4s", "DBSCHEDULER_HEARTBEATINTERVAL", "4s", "RECADO_MIGRATE_AT_START", "false");

    private static final Duration DEATH = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofSeconds(75);

    private final Stack stack;
    private final CrashClinic clinic;
    private @Nullable CrashFlow flow;

    private CrashRuns(Stack stack) {
        this.stack = stack;
        this.clinic = CrashClinic.open(stack);
    }

    static int run(List<String> words) {
        int runs = option(words, "--runs", 50);
        long seed = option(words, "--seed", 1);
        var points = points(words);
        System.out.printf("%d crash runs, seed %d%n", runs, seed);
        try (var stack = Stack.ephemeral()) {
            var all = new CrashRuns(stack);
            var tally = new CrashTally(System.out);
            for (int i = 0; i < runs; i++) {
                int number = i;
                var point = points.get(i % points.size());
                var random = new Random(seed * 1_000 + i);
                int visits = 3 + random.nextInt(3);
                int turn = CrashFlow.TURNS - (i / points.size()) % CrashFlow.TURNS; // the one that books first
                int arrival = point.isFlow() ? turn : 1 + random.nextInt(Math.min(3, visits));
                tally.run(
                        "%3d %s #%d".formatted(number, point.name, arrival),
                        () -> all.once(number, point, visits, arrival, random),
                        all::recover);
            }
            return tally.report();
        }
    }

    private static int option(List<String> words, String name, int standard) {
        int at = words.indexOf(name);
        return at < 0 ? standard : Integer.parseInt(words.get(at + 1));
    }

    /** All of them in their order, or those that {@code --at} names by the beginning of their name. */
    private static List<Point> points(List<String> words) {
        int at = words.indexOf("--at");
        var wanted = at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "";
        var points = Arrays.stream(Point.values())
                .filter(point -> point.name.startsWith(wanted))
                .toList();
        if (points.isEmpty()) {
            throw new DevstackException("There is no place of a crash that begins with " + wanted);
        }
        return points;
    }

    private CrashClinic.Counts once(int number, Point point, int visits, int arrival, Random random) {
        if (point.isFlow()) {
            return flow().once(number, arrival, victim -> victim.restartArmed(armed(point, arrival)), PATIENCE);
        }
        var victim = point.part == Part.BACKEND ? stack.backend() : stack.gateway();
        var scene = clinic.scene(number, visits);
        if (point.isInbound()) {
            scene.bookAll();
            scene.awaitSettled(SETTLED);
        }
        boolean answers = victim.restartArmed(armed(point, arrival));
        if (answers && point.isInbound()) {
            clinic.awaitLinkedOrDead(victim);
            scene.answerAll();
        } else if (!point.isInbound()) {
            scene.bookAll();
        }
        boolean died = Waiting.until(DEATH, () -> !victim.isAlive());
        victim.restart(PATIENCE);
        clinic.awaitLinked();
        if (point.isInbound()) {
            scene.answerAll(); // those that a part which died early kept from being sent
        }
        scene.bookAll(); // what was not acknowledged is repeated under the same keys
        scene.awaitSettled(SETTLED);
        if (!point.isInbound() && random.nextBoolean()) {
            scene.answerAll();
        }
        scene.awaitAnswered(SETTLED);
        var counts = scene.count();
        return died ? counts : counts.with(point.name + " was never reached");
    }

    private CrashFlow flow() {
        var known = flow;
        if (known == null) {
            known = CrashFlow.publish(stack, clinic);
            flow = known;
        }
        return known;
    }

    /** After a run that broke off: nothing is armed any more, and the line is up. */
    private void recover() {
        stack.backend().restart(PATIENCE);
        stack.gateway().restart(PATIENCE);
        clinic.awaitLinked();
    }

    private static Map<String, String> armed(Point point, int arrival) {
        var settings = new HashMap<>(PATIENCE);
        settings.putAll(
                point.part == Part.BACKEND
                        ? Map.of("RECADO_FAILPOINT", point.name + ":" + arrival)
                        : Map.of("RECADO_FAILPOINT", point.name, "RECADO_FAILPOINT_COUNT", Integer.toString(arrival)));
        return settings;
    }
}
