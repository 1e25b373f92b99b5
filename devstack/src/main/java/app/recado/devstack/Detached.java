package app.recado.devstack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./dev up --detach}: the launcher in a session of its own; this one shows its words until all is up. */
final class Detached {
    private Detached() {}

    static int run(StackPlan plan) {
        NetworkGuard.claim(plan);
        var log = plan.log("up");
        var ready = plan.run("ready");
        try {
            Files.createDirectories(plan.logs());
            Files.createDirectories(plan.data().resolve("run"));
            var running = new PidFile(plan.run("up.pid")).process();
            if (running.isPresent()) {
                return join(running.get(), log, ready);
            }
            Folders.delete(ready);
            var from = Files.exists(log) ? Files.size(log) : 0;
            var process = new ProcessBuilder(OwnSession.command(command()))
                    .directory(Folders.root().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var end = follow(process.toHandle(), log, from, ready);
            return end.isAlive() ? 0 : process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody's launcher is at work: says so, and shows how far it is. What it wrote so far stays. */
    static int join(ProcessHandle launcher, Path log, Path ready) throws IOException {
        if (Files.exists(ready)) {
            System.out.println("Recado already runs here. ./dev status shows it, ./dev down stops it.");
            return 0;
        }
        System.out.println("Recado is being started here, or a part of it anew; its log: " + log);
        return follow(launcher, log, Files.exists(log) ? Files.size(log) : 0, ready)
                        .isAlive()
                ? 0
                : 1;
    }

    /** The same JVM and class path as this one. */
    private static List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Drecado.root=" + Folders.root());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("up");
        return command;
    }

    /** Shows what the launcher writes until everything runs or it has ended. @return the launcher */
    private static ProcessHandle follow(ProcessHandle process, Path log, long from, Path ready) throws IOException {
        var end = System.nanoTime() + Up.PATIENCE.toNanos();
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            while (true) {
                var ended = !process.isAlive();
                var up = Files.exists(ready);
                show(file);
                if (ended) {
                    return process;
                }
                if (up) {
                    System.out.println("Runs in the background. ./dev down stops it.");
                    return process;
                }
                if (System.nanoTime() > end) {
                    throw new DevstackException(
                            "Still not up after " + Up.PATIENCE.toMinutes() + " minutes, see " + log);
                }
                pause();
            }
        }
    }

    private static void show(RandomAccessFile file) throws IOException {
        var bytes = new byte[(int) (file.length() - file.getFilePointer())];
        file.readFully(bytes);
        System.out.print(new String(bytes, StandardCharsets.UTF_8));
        System.out.flush();
    }

    @SuppressWarnings("ThreadSleep") // Follows another process's log; nothing in this JVM could wake us.
    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("Interrupted", e);
        }
    }
}
