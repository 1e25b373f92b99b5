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
            if (new PidFile(plan.run("up.pid")).process().isEmpty()) {
                Folders.delete(ready);
            }
            Files.writeString(log, "");
            var process = new ProcessBuilder(OwnSession.command(command()))
                    .directory(Folders.root().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return follow(process, log, ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static int follow(Process process, Path log, Path ready) throws IOException {
        var end = System.nanoTime() + Up.PATIENCE.toNanos();
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            while (true) {
                var ended = !process.isAlive();
                var up = Files.exists(ready);
                show(file);
                if (ended) {
                    return process.exitValue();
                }
                if (up) {
                    System.out.println("Runs in the background. ./dev down stops it.");
                    return 0;
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
