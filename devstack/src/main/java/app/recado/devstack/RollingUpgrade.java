package app.recado.devstack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./dev upgrade [--from REF] [--visits N] [--unprotected]}: two backends and two gateways of the release before
 * serve a clinic. Under traffic the schema is migrated, each process is replaced by this release's, and then everything
 * goes back on the migrated schema. No request may fail, no message may be lost or doubled. {@code --unprotected} ends all
 * processes of a kind before it starts the first, and must therefore fail.
 */
final class RollingUpgrade {
    private static final int REPLICAS = 2;
    /** The job of a roll-out has migrated before; who serves needs no owner's password for it. */
    private static final Map<String, String> SERVES = Map.of("RECADO_MIGRATE_AT_START", "false");

    /** The programs of one release. */
    private record Programs(String name, Path jar, Path gateway) {}

    /** What one step took, and how long the slowest reader waited meanwhile. */
    private record Step(double seconds, long slowestMs, long booked) {}

    private final Stack stack;
    private final CrashClinic clinic;
    private final RollingRestart rolling;
    private final boolean protectedly;
    private final int visits;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    private RollingUpgrade(Stack stack, int visits, boolean protectedly) {
        this.stack = stack;
        this.clinic = CrashClinic.open(stack);
        this.rolling = new RollingRestart(stack);
        this.protectedly = protectedly;
        this.visits = visits;
    }

    /** @param words {@code --release FOLDER}, which {@code ./dev} built, and the options above */
    static int run(List<String> words) {
        int at = words.indexOf("--release");
        if (at < 0 || at + 1 == words.size()) {
            throw new DevstackException("upgrade --release FOLDER [--visits N] [--unprotected]");
        }
        var before = Path.of(words.get(at + 1));
        int many = words.indexOf("--visits");
        int visits = many < 0 ? 6 : Integer.parseInt(words.get(many + 1));
        var data = Folders.temporary("upgrade");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(data)));
        var plan = StackPlan.ephemeral(data, false).withReplicas(REPLICAS).ofRelease(before);
        try (var stack = Stack.start(plan, Stack.Progress.silent())) {
            return new RollingUpgrade(stack, visits, !words.contains("--unprotected")).go(before);
        }
    }

    private int go(Path folder) {
        var before =
                new Programs("the release before", folder.resolve("recado-backend.jar"), folder.resolve("gateway"));
        var now = new Programs(
                "this release", BackendProcess.copyOfJar(stack.plan().run("this-release")), GatewayProcess.ownFolder());
        try (var traffic = SteadyTraffic.start(clinic, 1)) {
            step(traffic, "the release before, alone", () -> {});
            step(traffic, "schema migrated, the release before serves", () -> migrate(now.jar()));
            roll(traffic, now);
            roll(traffic, before);
            var verdict = traffic.end();
            complaints.addAll(traffic.failures());
            return report(traffic, verdict);
        }
    }

    private void roll(SteadyTraffic traffic, Programs to) {
        if (!protectedly) {
            stack.gateways().forEach(RestartableServer::kill);
            stack.backends().forEach(RestartableServer::kill);
        }
        int number = 0;
        for (var backend : stack.backends()) {
            number++;
            step(traffic, "backend %d is of %s".formatted(number, to.name()), () -> replace(backend, to.jar()));
        }
        number = 0;
        for (var gateway : stack.gateways()) {
            number++;
            step(traffic, "gateway %d is of %s".formatted(number, to.name()), () -> replace(gateway, to.gateway()));
            clinic.awaitLinked();
        }
    }

    private void replace(BackendProcess backend, Path jar) {
        backend.use(jar);
        rolling.restart(backend, SERVES);
    }

    private void replace(GatewayProcess gateway, Path folder) {
        gateway.use(folder);
        rolling.restart(gateway, Map.of());
    }

    /** As the job of a roll-out does: the command of the new jar, with the owner's credentials. */
    private void migrate(Path jar) {
        BackendCommand.run(
                jar,
                "migrate",
                stack.postgres().recado().backendEnvironment(),
                stack.plan().log("migrate"));
    }

    /** Does it under traffic, then lets some more visits be booked. */
    private void step(SteadyTraffic traffic, String what, Runnable work) {
        long before = traffic.booked();
        long from = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - from) / 1e9;
        traffic.letBook(visits);
        steps.put(what, new Step(took, traffic.slowestMs(), traffic.booked() - before));
    }

    private int report(SteadyTraffic traffic, SoakVerdict verdict) {
        System.out.println("| step | took | visits booked | slowest read |");
        System.out.println("|---|---|---|---|");
        steps.forEach((what, step) -> System.out.printf(
                "| %s | %.1f s | %d | %,d ms |%n", what, step.seconds(), step.booked(), step.slowestMs()));
        int counted = verdict.report(System.out);
        complaints.forEach(complaint -> System.out.println("  " + complaint));
        System.out.printf(
                "%d visits, %d reads, %d complaints about requests%n",
                traffic.booked(), traffic.read(), complaints.size());
        return counted == 0 && complaints.isEmpty() ? 0 : 1;
    }
}
