package app.recado.engines.cloudapi;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.webhooks.WebhookReader;
import app.recado.whatsapp.LineEngineKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads the Cloud API's deliveries: the body, which is JSON. */
@Component
class CloudApiReader implements WebhookReader<LineCredentials.CloudApi> {

    private final MeterRegistry metrics;

    CloudApiReader(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public LineEngineKind engine() {
        return LineEngineKind.CLOUD_API;
    }

    @Override
    public List<ProviderEvent> read(UUID lineId, LineCredentials.CloudApi secret, String content, Instant receivedAt)
            throws ProviderEvent.Refused {
        var json = LineCredentials.Codec.tree(content.getBytes(StandardCharsets.UTF_8));
        if (!json.isObject()) {
            throw new ProviderEvent.Unreadable();
        }
        var reading = CloudApiWebhook.read(lineId, secret, json, receivedAt);
        if (reading.notOurs() > 0) {
            // An account's numbers share one address at the platform: refusing would have it all repeated for days.
            metrics.counter("recado.webhooks.foreign", "engine", "cloud-api").increment(reading.notOurs());
        }
        return reading.said();
    }
}
