package app.recado.engines.evolution;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.webhooks.WebhookReader;
import app.recado.whatsapp.LineEngineKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the deliveries of Evolution API servers: JSON out of which the server's key was taken. */
@Component
class EvolutionReader implements WebhookReader<LineCredentials.Evolution> {

    @Override
    public LineEngineKind engine() {
        return LineEngineKind.EVOLUTION;
    }

    @Override
    public List<ProviderEvent> read(UUID lineId, LineCredentials.Evolution known, String content, Instant receivedAt)
            throws ProviderEvent.Refused {
        var json = tree(content);
        if (!json.isObject()) {
            throw new ProviderEvent.Unreadable();
        }
        return EvolutionWebhook.read(lineId, known, json, receivedAt);
    }

    @Override
    public String keepable(String content) {
        var json = tree(content);
        if (json.path("data") instanceof ObjectNode data) {
            data.remove("qrcode");
        }
        return json.toString();
    }

    private static JsonNode tree(String content) {
        return LineCredentials.Codec.tree(content.getBytes(StandardCharsets.UTF_8));
    }
}
