package app.recado.engines.cloudapi;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.MappedTemplates.Mapped;
import java.net.URI;
import java.util.ArrayList;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the WhatsApp Business Platform for a template of an account. */
final class CloudApiTemplates {

    private final OutgoingHttp http;
    private final String base;

    CloudApiTemplates(OutgoingHttp http, EngineSettings.CloudApi settings) {
        this.http = http;
        this.base = settings.baseUrl().toString();
    }

    ProviderTemplate find(LineCredentials.CloudApi credentials, Mapped template) {
        var request = new HttpGet(URI.create(base + "/" + credentials.businessAccountId() + "/message_templates?name="
                + template.name() + "&fields=name,language,status,components&limit=100"));
        request.setHeader("Authorization", "Bearer " + credentials.accessToken());
        try {
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (!reply.ok()) {
                var code = json.at("/error/code");
                return switch (CloudApiErrors.of(reply.status(), code.isInt() ? Integer.valueOf(code.asInt()) : null)) {
                    case SendOutcome.HaltLine halt -> new ProviderTemplate.NotTold(halt.cause());
                    case SendOutcome.Failed failed -> new ProviderTemplate.Unknown();
                    default -> new ProviderTemplate.NotTold("provider-unreachable");
                };
            }
            for (var found : json.path("data")) {
                // The platform also finds names that only begin like this one.
                if (template.name().equals(ProviderEvent.Json.text(found, "name"))
                        && String.valueOf(template.language()).equals(ProviderEvent.Json.text(found, "language"))) {
                    return read(found);
                }
            }
            return new ProviderTemplate.Unknown();
        } catch (OutgoingHttp.Failed e) {
            return new ProviderTemplate.NotTold("provider-unreachable");
        }
    }

    private static ProviderTemplate read(JsonNode found) {
        String body = null;
        var quickReplies = new ArrayList<@Nullable String>();
        boolean wantsMore = false;
        for (var component : found.path("components")) {
            switch (String.valueOf(ProviderEvent.Json.text(component, "type")).toUpperCase(Locale.ROOT)) {
                case "BODY" -> body = ProviderEvent.Json.text(component, "text");
                case "HEADER" ->
                    wantsMore |= !"TEXT".equals(ProviderEvent.Json.text(component, "format"))
                            || ProviderTemplate.Variables.any(ProviderEvent.Json.text(component, "text"));
                case "BUTTONS" -> {
                    int position = 0;
                    for (var button : component.path("buttons")) {
                        // Ours are told what to say by their position, from the first.
                        if ("QUICK_REPLY".equals(ProviderEvent.Json.text(button, "type"))
                                && position == quickReplies.size()) {
                            quickReplies.add(null);
                        }
                        position++;
                        wantsMore |= ProviderTemplate.Variables.any(ProviderEvent.Json.text(button, "url"));
                    }
                }
                default -> {}
            }
        }
        var status = String.valueOf(ProviderEvent.Json.text(found, "status"));
        return new ProviderTemplate.There(
                status, status.equals("APPROVED"), ProviderTemplate.Variables.count(body), quickReplies, wantsMore);
    }
}
