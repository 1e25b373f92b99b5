package app.recado.engines.provider;

import app.recado.engines.credentials.LineCredentials;
import app.recado.whatsapp.InboundReceived.Content;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What comes back from buttons and forms of WhatsApp's native flows: parameters in JSON text, and a line of words. */
public final class NativeFlow {

    /** What the sender of the form put there for itself. */
    private static final Set<String> NOT_SAID = Set.of("flow_token", "wa_flow_response_params");

    private NativeFlow() {}

    /**
     * A button has an id and words. A form has neither: its fields are shown with their names, so that no field of
     * somebody's form is ever taken for an answer to a notification.
     *
     * @param json the parameters; null when there are none
     * @param words what the chat shows
     */
    public static Content content(@Nullable String json, @Nullable String words) {
        var fields = LineCredentials.Codec.tree(json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8));
        if (ProviderEvent.Json.text(fields, "id") instanceof String id) {
            var title = ProviderEvent.Json.text(fields, "title");
            return Content.chosen(id, title == null ? words : title);
        }
        var said = fields.propertyStream()
                .filter(field -> !NOT_SAID.contains(field.getKey()))
                .filter(field -> ProviderEvent.Json.text(field.getValue()) != null)
                .map(field -> field.getKey() + ": " + ProviderEvent.Json.text(field.getValue()))
                .collect(Collectors.joining("\n"));
        return Content.of("text", said.isEmpty() ? words : said);
    }

    public static Content content(JsonNode response) {
        return content(
                ProviderEvent.Json.text(response.at("/nativeFlowResponseMessage/paramsJson")),
                ProviderEvent.Json.text(response.at("/body/text")));
    }
}
