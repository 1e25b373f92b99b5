package app.recado.devstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The engine for linked WhatsApp devices. */
public final class GatewayProcess extends RestartableServer {
    private volatile Settings settings;
    private volatile String token;

    private GatewayProcess(Settings settings) {
        super(launch(settings, Map.of()));
        this.settings = settings;
        this.token = settings.token();
    }

    /**
     * How to run it.
     *
     * @param databaseUrl with the credentials of recado_gateway
     * @param token what callers must present
     * @param eventsUrl where events go, signed with eventsSecret
     * @param eventsSecret base64
     * @param credentialsKey base64, 32 bytes
     * @param typing {@code human} or {@code off}
     * @param network which network lines belong to
     * @param mediaStore where pictures and documents are kept, shared with the backend
     * @param folder the program, installed
     */
    public record Settings(
            int port,
            String databaseUrl,
            String token,
            String eventsUrl,
            String eventsSecret,
            String credentialsKey,
            String typing,
            Reach network,
            String mediaStore,
            Path folder,
            Path log) {

        private Settings runFrom(Path other) {
            return new Settings(
                    port,
                    databaseUrl,
                    token,
                    eventsUrl,
                    eventsSecret,
                    credentialsKey,
                    typing,
                    network,
                    mediaStore,
                    other,
                    log);
        }
    }

    /** Whom the gateway can reach. */
    public sealed interface Reach {
        /** Simulated phones on this machine. */
        record Simulated(String url) implements Reach {}

        /** The real WhatsApp. Only the listed E.164 numbers get messages, unless everybody may. */
        record Real(List<String> allowedRecipients, boolean anyone) implements Reach {}
    }

    public static GatewayProcess start(Settings settings) {
        return new GatewayProcess(settings);
    }

    public String url() {
        return "http://127.0.0.1:" + settings.port();
    }

    /** This checkout's gateway. */
    static Path ownFolder() {
        return Folders.root().resolve("gateway");
    }

    int port() {
        return settings.port();
    }

    /** What the next start runs. */
    void use(Path folder) {
        settings = settings.runFrom(folder);
    }

    public String token() {
        return token;
    }

    /** What it is about to be started with instead; whoever asks it must present that. */
    void usesToken(String other) {
        token = other;
    }

    @Override
    Child launch(Map<String, String> more) {
        return launch(settings, more);
    }

    private static Child launch(Settings settings, Map<String, String> more) {
        var environment = Child.environment(
                "RECADO_GATEWAY_PORT", Integer.toString(settings.port()),
                "RECADO_GATEWAY_DATABASE_URL", settings.databaseUrl(),
                "RECADO_GATEWAY_TOKEN", settings.token(),
                "RECADO_GATEWAY_EVENTS_URL", settings.eventsUrl(),
                "RECADO_GATEWAY_EVENTS_SECRET", settings.eventsSecret(),
                "RECADO_GATEWAY_CREDENTIALS_KEY", settings.credentialsKey(),
                "RECADO_GATEWAY_TYPING", settings.typing(),
                "RECADO_MEDIA_STORE", settings.mediaStore());
        environment.put("RECADO_PROFILE", "dev");
        switch (settings.network()) {
            case Reach.Simulated simulated -> {
                environment.put("RECADO_WHATSAPP_NETWORK", "simulator");
                environment.put("RECADO_WHATSAPP_URL", simulated.url());
            }
            case Reach.Real real -> {
                environment.put("RECADO_WHATSAPP_NETWORK", "whatsapp");
                environment.put("RECADO_ALLOWED_RECIPIENTS", String.join(",", real.allowedRecipients()));
                if (real.anyone()) {
                    environment.put("RECADO_SEND_TO_ANYONE", "yes");
                }
            }
        }
        environment.putAll(more);
        var folder = settings.folder();
        return Child.start(new Child.Spec(
                        "gateway", NodeRuntime.start(folder), folder, environment, settings.log(), "TERM"))
                .awaitReady("http://127.0.0.1:" + settings.port() + "/health", Duration.ofSeconds(120));
    }
}
