package app.recado.devstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The local WhatsApp network: simulated phones and their admin API. */
public final class SimulatorProcess extends RestartableServer {
    private final Settings settings;

    private SimulatorProcess(Settings settings) {
        super(launch(settings, Map.of()));
        this.settings = settings;
    }

    /**
     * How to run it.
     *
     * @param data where simulated phones persist
     * @param token for its page and admin API
     */
    public record Settings(int port, Path data, String token, Path log) {}

    public static SimulatorProcess start(Settings settings) {
        return new SimulatorProcess(settings);
    }

    public String url() {
        return "http://127.0.0.1:" + settings.port();
    }

    /** What the gateway connects to instead of WhatsApp. */
    public String chatUrl() {
        return "ws://127.0.0.1:" + settings.port() + "/ws/chat";
    }

    public String token() {
        return settings.token();
    }

    @Override
    Child launch(Map<String, String> more) {
        return launch(settings, more);
    }

    /** The patients of a demo have known their clinic for years; a real network counts only whom nobody has met. */
    private static final String STRANGERS = "100000";

    private static Child launch(Settings settings, Map<String, String> more) {
        var folder = Folders.root().resolve("simulator");
        Folders.create(settings.data());
        var environment = Child.environment(
                "RECADO_SIMULATOR_PORT", Integer.toString(settings.port()),
                "RECADO_SIMULATOR_TOKEN", settings.token(),
                "RECADO_SIMULATOR_DATA", settings.data().toString(),
                "RECADO_SIMULATOR_STRANGERS", STRANGERS);
        environment.putAll(more);
        return Child.start(new Child.Spec(
                        "simulator", NodeRuntime.start(folder), folder, environment, settings.log(), "TERM"))
                .awaitReady("http://127.0.0.1:" + settings.port() + "/health", Duration.ofSeconds(90));
    }
}
