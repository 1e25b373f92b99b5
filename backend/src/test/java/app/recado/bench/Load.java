package app.recado.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Requests over several connections, each as soon as the one before was answered, and what they took. */
record Load(int requests, double perSecond, double p50, double p99, double javaMillis, double databaseMillis) {

    private static final int MOST = 1_000_000;

    /** Any number of requests, for so many seconds. @param request the bytes of the n-th; asked for once */
    static Load during(ApiStage stage, int connections, double seconds, IntFunction<byte[]> request) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return run(stage, connections, MOST, () -> System.nanoTime() > end, request);
    }

    /** Exactly these requests, each once. */
    static Load once(ApiStage stage, int connections, int requests, IntFunction<byte[]> request) {
        return run(stage, connections, requests, () -> false, request);
    }

    private static Load run(
            ApiStage stage, int connections, int most, BooleanSupplier over, IntFunction<byte[]> request) {
        double java = ProcessorTime.of(stage.backendPid());
        double database = ProcessorTime.of(stage.postgres().pid());
        var times = new double[connections][];
        var failure = new AtomicReference<@Nullable Exception>();
        var done = new CountDownLatch(connections);
        long from = System.nanoTime();
        for (int c = 0; c < connections; c++) {
            int number = c;
            Thread.ofPlatform().start(() -> {
                try {
                    times[number] = asked(stage.server(), number, connections, most, over, request);
                } catch (IOException | RuntimeException e) {
                    failure.set(e);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        var all = Arrays.stream(times).flatMapToDouble(Arrays::stream).sorted().toArray();
        return new Load(
                all.length,
                all.length / seconds,
                all[all.length / 2],
                all[all.length * 99 / 100],
                (ProcessorTime.of(stage.backendPid()) - java) * 1e3 / all.length,
                (ProcessorTime.of(stage.postgres().pid()) - database) * 1e3 / all.length);
    }

    private static double[] asked(
            URI server, int first, int step, int most, BooleanSupplier over, IntFunction<byte[]> request)
            throws IOException {
        var times = new double[4096];
        int count = 0;
        try (var connection = new ApiConnection(server)) {
            for (int n = first; n < most && !over.getAsBoolean(); n += step) {
                var bytes = request.apply(n);
                long from = System.nanoTime();
                connection.send(bytes).orFail();
                if (count == times.length) {
                    times = Arrays.copyOf(times, count * 2);
                }
                times[count++] = (System.nanoTime() - from) / 1e6;
            }
        }
        return Arrays.copyOf(times, count);
    }
}
