package app.recado.engines.webhooks;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.LineEngineKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reads what one provider delivers, now and, when it could not be stored, again later. Keeps nothing between calls. */
public interface WebhookReader<C extends LineCredentials> {

    /** Whose deliveries these are. */
    LineEngineKind engine();

    /** Reads a delivery that was found genuine.
     *
     * @param content what it says, as its controller passed it on
     * @param receivedAt stands in for times that the provider does not tell
     * @throws ProviderEvent.Refused when it is about another account or number, or cannot be read */
    List<ProviderEvent> read(UUID lineId, C credentials, String content, Instant receivedAt)
            throws ProviderEvent.Refused;

    /** The same without codes that link a phone: these are never kept. */
    default String keepable(String content) {
        return content;
    }
}
