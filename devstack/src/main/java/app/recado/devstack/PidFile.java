package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Remembers one process across launchers. Stopping goes by identity, so a recycled number is never signalled. */
final class PidFile {
    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessIdentity identity) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, identity + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process this file speaks of, if that very process still runs. */
    Optional<ProcessHandle> process() {
        try {
            return Files.exists(file)
                    ? ProcessIdentity.parse(Files.readString(file)).flatMap(ProcessIdentity::handle)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stops the remembered process, if it still is that process, and forgets it.
     *
     * @param signal name without SIG, e.g. {@code TERM}
     * @param patience how long to wait before it is killed
     * @return whether anything had to be stopped
     */
    boolean stop(String signal, Duration patience) {
        var running = process();
        running.ifPresent(handle -> stop(handle, signal, patience));
        delete();
        return running.isPresent();
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop(ProcessHandle handle, String signal, Duration patience) {
        signal(handle, signal);
        if (!ended(handle, patience)) {
            handle.destroyForcibly();
            ended(handle, Duration.ofSeconds(10));
        }
    }

    private static void signal(ProcessHandle handle, String signal) {
        if (signal.equals("TERM")) {
            handle.destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(handle.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            handle.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            handle.destroy();
        }
    }

    private static boolean ended(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        } catch (ExecutionException | CompletionException e) {
            throw new IllegalStateException(e);
        }
    }
}
