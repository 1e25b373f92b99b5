package app.recado.sdk;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads webhooks after their signature and their time were checked. */
public final class Webhooks {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> secrets;

    /** @param secrets the endpoint's, {@code whsec_…}; while it is replaced, the former one too */
    public Webhooks(Collection<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /**
     * What happened: ids, kinds and states.
     *
     * @param id the same at every attempt: whoever knows it already has taken the event
     * @param type for example {@code appointment.booked}; more kinds may come
     * @param recordId the record it happened to
     * @param sequence grows with each event of a record: drop one that is not greater than the last
     * @param data all that was said
     */
    public record Event(
            String id, String type, Instant timestamp, String organizationId, String recordId, long sequence, JsonNode data) {}

    /** It was not signed with the secret within the last five minutes. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String why) {
            super(why);
        }
    }

    /**
     * Reads a webhook.
     *
     * @param headers of the request, with names in any case
     * @param body exactly the bytes that came, before any parser saw them
     */
    public Event verify(Map<String, List<String>> headers, byte[] body) throws Refused {
        var lower = new HashMap<String, List<String>>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        var text = new String(body, StandardCharsets.UTF_8);
        var why = "No secret";
        for (var secret : secrets) {
            try {
                new Webhook(secret).verify(text, lower);
                return read(lower.getOrDefault("webhook-id", List.of("")).get(0), text);
            } catch (WebhookVerificationException | EmptyWebhookSecretException refused) {
                why = String.valueOf(refused.getMessage());
            }
        }
        throw new Refused(why);
    }

    private static Event read(String id, String text) {
        var event = JSON.readTree(text);
        var data = event.path("data");
        return new Event(
                id,
                event.path("type").asString(""),
                Instant.parse(event.path("timestamp").asString("")),
                data.path("organizationId").asString(""),
                data.path("id").asString(""),
                data.path("sequence").asLong(0),
                data);
    }
}
