package app.recado.installation;

import app.recado.devstack.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs documented commands the way a person would: in a shell, in one folder. */
final class Shell {

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder where the commands run
     * @param environment added to a clean one: no RECADO_ variable of this machine gets in
     */
    Shell(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    record Outcome(int code, String output) {}

    Outcome run(String commands) {
        try {
            var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                    .directory(folder.toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_") || name.startsWith("KC_"));
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("Took too long: " + commands + "\n" + output);
            }
            return new Outcome(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Runs commands that must succeed. */
    String succeed(String commands) {
        var outcome = run(commands);
        if (outcome.code() != 0) {
            throw new AssertionError("Exit code " + outcome.code() + " of\n" + commands + "\n" + outcome.output());
        }
        return outcome.output();
    }

    /** Starts commands that end in a server. */
    Child start(String name, String commands) {
        return Child.start(new Child.Spec(
                name,
                List.of("bash", "-euo", "pipefail", "-c", commands),
                folder,
                environment,
                folder.resolve(name + ".log"),
                "TERM"));
    }
}
