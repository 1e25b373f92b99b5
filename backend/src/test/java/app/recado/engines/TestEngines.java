package app.recado.engines;

import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Settings and an HTTP client as tests of providers use them. */
public final class TestEngines {

    private TestEngines() {}

    public static EngineSettings settings(String key, List<String> old) {
        return new EngineSettings(
                URI.create("https://recado.example"),
                key,
                old,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                true,
                new EngineSettings.CloudApi(URI.create("https://graph.facebook.com/v25.0"), Set.of("fbsbx.com")),
                new EngineSettings.Twilio(
                        URI.create("https://api.twilio.com"),
                        URI.create("https://content.twilio.com"),
                        Set.of("twilio.com")),
                new EngineSettings.Evolution(Set.of()));
    }

    /** Of a process for which the Cloud API lies there. */
    public static EngineSettings reaching(String cloudApi) {
        var usual = settings("", List.of());
        return new EngineSettings(
                usual.publicUrl(),
                usual.credentialsKey(),
                usual.credentialsKeysOld(),
                usual.connectTimeout(),
                usual.answerTimeout(),
                false,
                new EngineSettings.CloudApi(URI.create(cloudApi), Set.of("127.0.0.1")),
                usual.twilio(),
                usual.evolution());
    }

    public static OutgoingHttp http() {
        return new OutgoingHttp(Duration.ofSeconds(2), Duration.ofSeconds(2), AddressGuard.none());
    }
}
