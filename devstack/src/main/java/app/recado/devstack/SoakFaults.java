package app.recado.devstack;

import app.recado.devstack.StackPlan.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Kills replicas, cuts connections and drops the line, by a seed; one replica of each kind is always left. */
final class SoakFaults {
    private static final List<String> DROPS = List.of("close", "xmlstreamend", "stream", "garbage", "blackhole");

    private final Stack stack;
    private final CrashClinic clinic;
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();

    SoakFaults(Stack stack, CrashClinic clinic, Random random) {
        this.stack = stack;
        this.clinic = clinic;
        this.random = random;
    }

    /** How often what was broken. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Breaks one thing after another. What was killed is started again; all runs when this returns. */
    void breakThings(BooleanSupplier over) {
        try (var restarts = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!over.getAsBoolean()) {
                pause(2_000 + random.nextInt(5_000));
                breakOne(restarts);
            }
        }
        for (var servers : List.of(stack.backends(), stack.gateways())) {
            servers.stream().filter(server -> !server.isAlive()).forEach(RestartableServer::restart);
        }
    }

    private void breakOne(ExecutorService restarts) {
        switch (random.nextInt(8)) {
            case 0, 1 -> kill("backend killed", stack.backends(), restarts);
            case 2, 3 -> kill("gateway killed", stack.gateways(), restarts);
            case 4 -> cut("connections to backends cut", Port.HTTP);
            case 5 -> cut("connections to gateways cut", Port.GATEWAY);
            case 6 -> {
                var mode = DROPS.get(random.nextInt(DROPS.size()));
                network("line dropped: " + mode, "/admin/drop", Map.of("mode", mode, "phone", CrashClinic.LINE_PHONE));
            }
            default -> network("network restarted", "/admin/restart", Map.of("downMs", 500 + random.nextInt(2_000)));
        }
    }

    private void network(String what, String path, Map<String, Object> body) {
        try {
            clinic.phone(path, body).orFail(what);
            count(what);
        } catch (DevstackException nobodyAnswered) {
            count("network could not be asked to break"); // the next fault comes soon
        }
    }

    private void kill(String what, List<? extends RestartableServer> replicas, ExecutorService restarts) {
        var alive = new ArrayList<>(
                replicas.stream().filter(RestartableServer::isAlive).toList());
        if (alive.size() < 2) {
            return;
        }
        count(what);
        var victim = alive.get(random.nextInt(alive.size()));
        int away = 500 + random.nextInt(3_000);
        victim.kill();
        restarts.execute(() -> {
            pause(away);
            victim.restart(); // one that does not answer in time is tried again at the end
        });
    }

    private void cut(String what, Port port) {
        count(what);
        stack.cut(port);
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static void pause(int ms) {
        LockSupport.parkNanos(ms * 1_000_000L);
    }
}
