package app.recado.engines.twilio;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.webhooks.WebhookReader;
import app.recado.whatsapp.LineEngineKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads Twilio's deliveries: a form, and what the address it came to said. */
@Component
class TwilioReader implements WebhookReader<LineCredentials.Twilio> {

    /**
     * What a delivery says.
     *
     * @param status whether it came to the address for statuses
     * @param message ours that the status is about; null for a message to us, and when the address did not say
     * @param form the body
     */
    record Content(boolean status, @Nullable UUID message, String form) {

        String json() {
            return LineCredentials.Codec.text(this);
        }

        static Content of(String json) throws ProviderEvent.Unreadable {
            var tree = LineCredentials.Codec.tree(json.getBytes(StandardCharsets.UTF_8));
            var message = ProviderEvent.Json.text(tree, "message");
            if (!tree.path("form").isString()) {
                throw new ProviderEvent.Unreadable();
            }
            return new Content(
                    tree.path("status").asBoolean(false),
                    message == null ? null : UUID.fromString(message),
                    tree.path("form").asString());
        }

        /** The form holds a patient's words: never printed. */
        @Override
        public String toString() {
            return "Content[status=" + status + "]";
        }
    }

    @Override
    public LineEngineKind engine() {
        return LineEngineKind.TWILIO;
    }

    @Override
    public List<ProviderEvent> read(UUID lineId, LineCredentials.Twilio secret, String content, Instant receivedAt)
            throws ProviderEvent.Refused {
        var delivered = Content.of(content);
        var form = TwilioWebhook.parse(delivered.form().getBytes(StandardCharsets.UTF_8));
        return delivered.status() ? form.status(secret, delivered.message()) : form.message(lineId, secret, receivedAt);
    }
}
