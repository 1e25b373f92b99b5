package app.recado.devstack;

import app.recado.devstack.SoakVisits.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * People who book, answer, thank and look while something is done to the installation that they must not notice: whatever
 * is not answered well at the first try is a complaint. Each request has a connection of its own, as behind a proxy that
 * keeps none ({@link Http#SINGLE_USE}).
 */
final class SteadyTraffic implements AutoCloseable {
    private static final int BOOKERS = 2;
    private static final int READERS = 6;
    private static final int READ_PAUSE_MS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofMinutes(4);
    private static final int QUOTED = 20;

    private final CrashClinic clinic;
    private final AtomicBoolean over = new AtomicBoolean();
    private final SoakVisits visits;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<Void>> work = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();

    private SteadyTraffic(CrashClinic clinic) {
        this.clinic = clinic;
        this.visits = new SoakVisits(clinic, over::get);
    }

    static SteadyTraffic start(CrashClinic clinic, long seed) {
        // Everybody here is a stranger to the line; how many of those it may write to has a test of its own.
        clinic.phone("/admin/faults", Map.of("strangersAtOnce", 1_000_000)).orFail("faults");
        var traffic = new SteadyTraffic(clinic);
        for (int i = 0; i < BOOKERS; i++) {
            var random = new Random(seed + i);
            traffic.run(() -> traffic.visits.bookAll(random));
        }
        for (int i = 0; i < READERS; i++) {
            traffic.run(traffic::readAll);
        }
        traffic.run(() -> traffic.visits.answerAll(new Random(-seed)));
        return traffic;
    }

    private void run(Runnable task) {
        work.add(CompletableFuture.runAsync(task, executor));
    }

    /** Lets so many more visits be booked. */
    void letBook(int more) {
        long before = booked();
        if (!Waiting.until(PATIENCE, () -> booked() >= before + more)) {
            failed.add("fewer than %d visits were booked in %d s".formatted(more, PATIENCE.toSeconds()));
        }
    }

    /** The slowest answer to a reader since this was asked last, in milliseconds. */
    long slowestMs() {
        return slowest.getAndSet(0) / 1_000_000;
    }

    /** Ends it, waits until nothing is on its way, and counts at the phones and in the API. */
    SoakVerdict end() {
        over.set(true);
        work.forEach(CompletableFuture::join);
        clinic.awaitLinked();
        var verdict = new SoakCount(clinic).rest(visits::all, REST);
        verdict.judge(visits.all());
        return verdict;
    }

    /** Requests that failed or had to be repeated. */
    List<String> failures() {
        var all = new ArrayList<>(failed.stream().limit(QUOTED).toList());
        if (failed.size() > QUOTED) {
            all.add("and %d more".formatted(failed.size() - QUOTED));
        }
        all.addAll(visits.refused());
        if (visits.repeated() > 0) {
            all.add("%d requests to book, answer or thank had to be sent again".formatted(visits.repeated()));
        }
        return all;
    }

    long booked() {
        return visits.all().stream().filter(visit -> visit.appointment != null).count();
    }

    /** How many requests readers made. */
    int read() {
        return read.get();
    }

    @Override
    public void close() {
        over.set(true);
        executor.shutdownNow();
    }

    private void readAll() {
        var random = new Random();
        while (!over.get()) {
            look(path(random));
            LockSupport.parkNanos(READ_PAUSE_MS * 1_000_000L);
        }
    }

    private String path(Random random) {
        var last = visits.all().stream()
                .filter(visit -> visit.appointment != null)
                .reduce((earlier, later) -> later)
                .map(SteadyTraffic::pathOf);
        return switch (random.nextInt(4)) {
            case 0 -> "/messages?limit=50";
            case 1 -> "/inbound-messages?limit=50";
            case 2 -> "/whatsapp-lines";
            default -> last.orElse("/messages?limit=50");
        };
    }

    private static String pathOf(Visit visit) {
        return "/appointments/" + visit.appointment;
    }

    private void look(String path) {
        read.incrementAndGet();
        long from = System.nanoTime();
        try {
            var answer = Http.send("GET", clinic.base() + path, clinic.token(), Map.of(), null);
            slowest.accumulateAndGet(System.nanoTime() - from, Math::max);
            if (!answer.ok()) {
                failed.add("GET %s: %d %s".formatted(path, answer.status(), answer.body()));
            }
        } catch (DevstackException nobodyAnswered) {
            failed.add(String.valueOf(nobodyAnswered.getMessage()));
        }
    }
}
