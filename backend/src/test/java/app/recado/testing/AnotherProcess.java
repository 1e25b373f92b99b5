package app.recado.testing;

import app.recado.RecadoApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The backend once more, as a process of its own on a test's database, which sends with the clock on the wall. */
public final class AnotherProcess implements AutoCloseable {

    /** What is left of a process that ended as by signal 9. */
    public static final int KILLED = 137;

    private final Process process;

    private AnotherProcess(Process process) {
        this.process = process;
    }

    /** @param more settings that differ from the test's */
    public static AnotherProcess of(ConfigurableEnvironment test, Map<String, String> more) throws IOException {
        var settings = new HashMap<String, Object>();
        if (test.getPropertySources().get("test database") instanceof MapPropertySource given) {
            settings.putAll(given.getSource());
        }
        settings.put("RECADO_PROFILE", "dev");
        settings.put("RECADO_HTTP_PORT", "0");
        settings.put("recado.messaging.worker", "on");
        settings.putAll(more);
        // Our own classes and nothing of the tests': those bring a clock that stands still.
        var path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                path,
                RecadoApplication.class.getName());
        builder.environment()
                .put("SPRING_APPLICATION_JSON", JsonMapper.builder().build().writeValueAsString(settings));
        var log = Files.createTempFile("recado-another-process", ".log");
        log.toFile().deleteOnExit();
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        var process = builder.start();
        // Somebody may stop the tests while it runs.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new AnotherProcess(process);
    }

    /**
     * Waits for its death.
     *
     * @return what it left behind; fails when it lives on
     */
    public int diesBy(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The other process lives on");
        }
        return process.exitValue();
    }

    /** Kills it as the operating system would: nothing of it runs any more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
