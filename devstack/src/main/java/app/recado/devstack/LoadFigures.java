package app.recado.devstack;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What a load run measured, from many threads. */
final class LoadFigures {

    /** What is timed, as its row says. */
    enum Timed {
        REGISTER("register a patient"),
        BOOK("book a visit"),
        READ("read a day"),
        WRITE("write to a patient"),
        TO_PHONE("booking to the patient's phone");

        final String row;

        Timed(String row) {
            this.row = row;
        }
    }

    private static final int QUOTED = 10;

    private final Map<Timed, ConcurrentLinkedQueue<Long>> nanos = new EnumMap<>(Timed.class);
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger booked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger hints = new AtomicInteger();

    LoadFigures() {
        Arrays.stream(Timed.values()).forEach(timed -> nanos.put(timed, new ConcurrentLinkedQueue<>()));
    }

    void add(Timed timed, long tookNanos) {
        of(timed).add(tookNanos);
    }

    void fail(String what) {
        failed.add(what);
    }

    void book() {
        booked.incrementAndGet();
    }

    void answer() {
        answered.incrementAndGet();
    }

    void write() {
        written.incrementAndGet();
    }

    void hint() {
        hints.incrementAndGet();
    }

    int booked() {
        return booked.get();
    }

    int answered() {
        return answered.get();
    }

    /** What staff wrote by hand, besides what Recado sends by itself. */
    int written() {
        return written.get();
    }

    int hints() {
        return hints.get();
    }

    int count(Timed timed) {
        return of(timed).size();
    }

    /** @return milliseconds below which this share of all lies; 0 when nothing was timed */
    long percentile(Timed timed, double share) {
        return percentile(of(timed).stream().mapToLong(Long::longValue).toArray(), share) / 1_000_000;
    }

    static long percentile(long[] values, double share) {
        if (values.length == 0) {
            return 0;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** The first failures, and how many there are besides. */
    List<String> failures() {
        var first = failed.stream().limit(QUOTED).toList();
        if (failed.size() <= QUOTED) {
            return first;
        }
        return Stream.concat(first.stream(), Stream.of("and %d more".formatted(failed.size() - QUOTED)))
                .toList();
    }

    private ConcurrentLinkedQueue<Long> of(Timed timed) {
        var queue = nanos.get(timed);
        if (queue == null) {
            throw new IllegalStateException("Not timed: " + timed);
        }
        return queue;
    }
}
