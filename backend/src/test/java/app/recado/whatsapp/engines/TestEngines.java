package app.recado.whatsapp.engines;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings and an HTTP client as tests of providers use them. */
final class TestEngines {

    private TestEngines() {}

    static EngineSettings settings(String key, List<String> old) {
        return settings(key, old, false, null);
    }

    static EngineSettings restoredAt(Instant instant) {
        return settings("", List.of(), false, instant);
    }

    /** Of a process that sends by itself. */
    static EngineSettings working() {
        return settings("", List.of(), true, null);
    }

    private static EngineSettings settings(String key, List<String> old, boolean worker, @Nullable Instant restoredAt) {
        return new EngineSettings(
                URI.create("https://recado.example"),
                key,
                old,
                worker,
                Duration.ofSeconds(3),
                4,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                restoredAt,
                true,
                new EngineSettings.CloudApi(URI.create("https://graph.facebook.com/v25.0"), Set.of("fbsbx.com")),
                new EngineSettings.Twilio(
                        URI.create("https://api.twilio.com"),
                        URI.create("https://content.twilio.com"),
                        Set.of("twilio.com")),
                new EngineSettings.Evolution(Set.of()));
    }

    static EngineHttp http() {
        return new EngineHttp(Duration.ofSeconds(2), Duration.ofMillis(700), AddressGuard.none());
    }
}
