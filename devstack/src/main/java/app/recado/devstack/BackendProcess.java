package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The backend, from the jar the build made. */
public final class BackendProcess extends RestartableServer {
    private volatile Settings settings;

    private BackendProcess(Settings settings) {
        super(launch(settings, Map.of()));
        this.settings = settings;
    }

    /** Starts sooner and takes less memory, where nobody measures speed. */
    static final List<String> QUICK_START = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /**
     * How to run it.
     *
     * @param options of the JVM
     * @param jar a copy the build does not touch while the server runs, see {@link #copyOfJar}; what the JVM kept of an
     *     earlier start of it may lie beside it, as {@code recado-backend.aot}
     * @param environment everything but the port, by the names of docs/configuration.md
     */
    public record Settings(int port, List<String> options, Path jar, Map<String, String> environment, Path log) {}

    public static BackendProcess start(Settings settings) {
        return new BackendProcess(settings);
    }

    /**
     * A running JVM reads its jar lazily, so a build in the meantime would pull classes from under it. {@code ./dev} has
     * made a copy and names its folder as {@code recado.backend}.
     */
    public static Path copyOfJar(Path folder) {
        var trained = System.getProperty("recado.backend");
        if (trained != null) {
            return Path.of(trained, "recado-backend.jar");
        }
        var built = Folders.root().resolve("backend/target/recado-backend.jar");
        if (!Files.exists(built)) {
            throw new DevstackException("The backend is not built: %s is missing. ./dev builds it.".formatted(built));
        }
        try {
            Folders.create(folder);
            return Files.copy(built, folder.resolve("recado-backend.jar"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** E.g. {@code http://localhost:8080}. */
    public String url() {
        return "http://localhost:" + settings.port();
    }

    int port() {
        return settings.port();
    }

    /** What the next start runs. */
    void use(Path jar) {
        settings = new Settings(settings.port(), settings.options(), jar, settings.environment(), settings.log());
    }

    @Override
    Child launch(Map<String, String> more) {
        return launch(settings, more);
    }

    private static Child launch(Settings settings, Map<String, String> more) {
        var environment = new java.util.HashMap<>(settings.environment());
        environment.putAll(more);
        environment.put("RECADO_HTTP_PORT", Integer.toString(settings.port()));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.options());
        var kept = settings.jar().resolveSibling("recado-backend.aot");
        if (Files.exists(kept)) {
            command.add("-XX:AOTCache=" + kept);
        }
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-jar", settings.jar().toString()));
        return Child.start(new Child.Spec("backend", command, Folders.root(), environment, settings.log(), "TERM"))
                .awaitReady("http://127.0.0.1:" + settings.port() + "/api/health", Duration.ofMinutes(4));
    }
}
