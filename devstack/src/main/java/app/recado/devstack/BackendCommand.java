package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command of the backend's jar, as operators do, with nothing of Recado's in the environment but what is given. */
final class BackendCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private BackendCommand() {}

    /** @throws DevstackException with what it said, when it fails or takes longer than anybody waits */
    static void run(Path jar, String command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_"));
        builder.environment().putAll(environment);
        builder.environment().put("RECADO_PROFILE", "dev");
        try {
            var process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DevstackException("%s did not end in %d minutes".formatted(command, PATIENCE.toMinutes()));
            }
            if (process.exitValue() != 0) {
                throw new DevstackException("%s failed:%n%s".formatted(command, Child.tail(log, 20)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("Interrupted while " + command + " ran", e);
        }
    }
}
