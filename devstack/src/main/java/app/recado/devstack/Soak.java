package app.recado.devstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code ./dev soak --backends 2 [--minutes N] [--seed N]}: so many real backends and gateways, each kind behind one
 * address, while visits are booked, patients answer on simulated phones and staff write back, and replicas are killed,
 * connections cut and the line dropped. Then it counts at the phones and in the API.
 */
final class Soak {
    private static final Duration REST = Duration.ofMinutes(6);
    private static final Duration TOLD = Duration.ofSeconds(30);
    private static final int BOOKERS = 2;

    private final CrashClinic clinic;
    private final SoakFaults faults;
    private final SoakVisits visits;
    private final BooleanSupplier over;
    private final long seed;

    private Soak(Stack stack, Duration length, long seed) {
        this.clinic = CrashClinic.open(stack);
        this.seed = seed;
        long end = System.nanoTime() + length.toNanos();
        this.over = () -> System.nanoTime() > end;
        this.faults = new SoakFaults(stack, clinic, new Random(seed));
        this.visits = new SoakVisits(clinic, over);
    }

    static int run(List<String> words) {
        int replicas = (int) option(words, "--backends", 2);
        var length = Duration.ofMinutes(option(words, "--minutes", 10));
        long seed = option(words, "--seed", System.nanoTime() % 1_000_000);
        System.out.printf(
                "%d backends and %d gateways for %d minutes, --seed %d%n",
                replicas, replicas, length.toMinutes(), seed);
        try (var stack = Stack.ephemeral(replicas)) {
            return new Soak(stack, length, seed).run();
        }
    }

    private static long option(List<String> words, String name, long standard) {
        int at = words.indexOf(name);
        return at < 0 ? standard : Long.parseLong(words.get(at + 1));
    }

    private int run() {
        // Everybody here is a stranger to the line; how many of those it may write to has a test of its own.
        clinic.phone("/admin/faults", Map.of("strangersAtOnce", 1_000_000)).orFail("faults");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < BOOKERS; i++) {
                var random = new Random(seed + i + 1);
                work.add(CompletableFuture.runAsync(() -> visits.bookAll(random), executor));
            }
            work.add(CompletableFuture.runAsync(() -> visits.answerAll(new Random(-seed)), executor));
            work.add(CompletableFuture.runAsync(this::tell, executor));
            work.add(CompletableFuture.runAsync(() -> faults.breakThings(over), executor));
            work.forEach(CompletableFuture::join);
        }
        clinic.awaitLinked();
        System.out.printf("broken: %s; %d requests were sent again%n", faults.counts(), visits.repeated());
        visits.refused().forEach(refusal -> System.out.println("  " + refusal));
        var verdict = new SoakCount(clinic).rest(visits::all, REST);
        verdict.judge(visits.all());
        int code = verdict.report(System.out);
        return visits.refused().isEmpty() ? code : 1;
    }

    private void tell() {
        while (!over.getAsBoolean()) {
            LockSupport.parkNanos(TOLD.toNanos());
            System.out.printf(
                    "  %d booked, %d answered%n",
                    visits.all().stream()
                            .filter(visit -> visit.appointment != null)
                            .count(),
                    visits.all().stream().filter(visit -> visit.answered).count());
        }
    }
}
