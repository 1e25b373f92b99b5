package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server process: started with its output in a log file, stopped politely and then for good, and never left behind,
 * whether this JVM ends by itself, by a signal or by {@code kill -9}.
 */
public final class Child implements AutoCloseable {
    private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();
    private static final Set<String> OURS = Set.of("RECADO_", "KC_", "SPRING_", "QUARKUS_", "PG");

    private static volatile boolean stopping;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Child::closeAll, "stop-children"));
    }

    private final Spec spec;
    private final Process process;
    private @Nullable PidFile pidFile;

    private Child(Spec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * What to start.
     *
     * @param name for messages, e.g. {@code keycloak}
     * @param environment added to this JVM's own environment, from which Recado's and its servers' variables are
     *     dropped: a setting in somebody's shell must not change what a test runs against
     * @param log receives standard output and error, appended
     * @param signal asks for a clean stop: {@code TERM}, or {@code INT} for PostgreSQL
     */
    public record Spec(
            String name, List<String> command, Path folder, Map<String, String> environment, Path log, String signal) {}

    /** Starts the process; it may not be ready to answer yet. */
    public static Child start(Spec spec) {
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            var builder = new ProcessBuilder(OwnSession.command(spec.command()))
                    .directory(spec.folder().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            builder.environment().keySet().removeIf(key -> OURS.stream().anyMatch(key::startsWith));
            builder.environment().putAll(spec.environment());
            var child = new Child(spec, builder.start());
            Watchdog.watch(child.pid(), spec.signal());
            RUNNING.add(child);
            return child;
        } catch (IOException e) {
            throw new DevstackException("Could not start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    /** Whether this JVM is ending and takes its servers with it, so that none of them ends unexpectedly. */
    static boolean stopping() {
        return stopping;
    }

    /** Also remembers the process in a file, for another launcher to find and stop. */
    Child remember(Path file) {
        pidFile = new PidFile(file);
        ProcessIdentity.of(pid()).ifPresent(pidFile::write);
        return this;
    }

    /**
     * Waits until the address answers 200.
     *
     * @throws DevstackException with the end of the log, when the process ends or the time is over
     */
    public Child awaitReady(String url, Duration atMost) {
        return awaitReady(() -> HttpProbe.answers(url), url, atMost);
    }

    Child awaitReady(Readiness ready, String what, Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        while (!ready.reached()) {
            if (!process.isAlive()) {
                forget();
                var code = process.exitValue();
                throw new EndedBeforeReady(story("ended with code " + code + " before it was ready"), code);
            }
            if (System.nanoTime() > end) {
                var failure =
                        new DevstackException(story("was not ready after " + atMost.toSeconds() + " s (" + what + ")"));
                close();
                throw failure;
            }
            pause();
        }
        return this;
    }

    /** Whether a server answers yet. */
    interface Readiness {
        boolean reached();
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return spec.log();
    }

    Process process() {
        return process;
    }

    /** Ends the process as a power cut would: no warning, no clean-up. */
    public void kill() {
        process.destroyForcibly();
        waitFor(Duration.ofSeconds(10));
        forget();
    }

    /** Stops the process politely, after 15 seconds for good. Does nothing when it has ended already. */
    @Override
    public void close() {
        if (process.isAlive()) {
            PidFile.stop(process.toHandle(), spec.signal(), Duration.ofSeconds(15));
            waitFor(Duration.ofSeconds(10));
        }
        forget();
    }

    /** The last lines of the log. */
    public String logTail(int lines) {
        return tail(spec.log(), lines);
    }

    static String tail(Path log, int lines) {
        try {
            if (!Files.exists(log)) {
                return "";
            }
            var bytes = Files.readAllBytes(log);
            var from = Math.max(0, bytes.length - 64 * 1024);
            var all = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitFor(Duration atMost) {
        try {
            process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        RUNNING.remove(this);
        Watchdog.forget(pid());
        if (pidFile != null) {
            pidFile.delete();
        }
    }

    private String story(String how) {
        return "%s %s. The end of %s:%n%s"
                .formatted(spec.name(), how, spec.log(), logTail(25).indent(4));
    }

    private static void closeAll() {
        stopping = true;
        // Last started, first stopped: what depends on the database goes before it.
        var left = new ArrayList<>(RUNNING);
        left.sort((a, b) -> Long.compare(b.order(), a.order()));
        left.forEach(Child::close);
    }

    private long order() {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    @SuppressWarnings("ThreadSleep") // Polling another process; nothing in this JVM could wake us.
    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("Interrupted while waiting for a server", e);
        }
    }

    static Map<String, String> environment(String... keysAndValues) {
        var map = new HashMap<String, String>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
