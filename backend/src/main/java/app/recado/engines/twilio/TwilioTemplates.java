package app.recado.engines.twilio;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.MappedTemplates.Mapped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks Twilio for a content and whether WhatsApp approved it. */
final class TwilioTemplates {

    private final OutgoingHttp http;
    private final String base;

    TwilioTemplates(OutgoingHttp http, EngineSettings.Twilio settings) {
        this.http = http;
        this.base = settings.contentUrl().toString();
    }

    ProviderTemplate find(LineCredentials.Twilio credentials, Mapped template) {
        try {
            var approval = call(credentials, template, "/ApprovalRequests");
            if (!approval.ok()) {
                return refused(approval);
            }
            var content = call(credentials, template, "");
            if (!content.ok()) {
                return refused(content);
            }
            var status = String.valueOf(ProviderEvent.Json.text(
                    LineCredentials.Codec.tree(approval.body()).at("/whatsapp/status")));
            return read(status, LineCredentials.Codec.tree(content.body()).path("types"));
        } catch (OutgoingHttp.Failed e) {
            return new ProviderTemplate.NotTold("provider-unreachable");
        }
    }

    private OutgoingHttp.Reply call(LineCredentials.Twilio credentials, Mapped template, String path)
            throws OutgoingHttp.Failed {
        var request = new HttpGet(URI.create(base + "/v1/Content/" + template.name() + path));
        var pair = credentials.accountSid() + ":" + credentials.authToken();
        request.setHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        return http.call(request);
    }

    private static ProviderTemplate refused(OutgoingHttp.Reply reply) {
        if (reply.status() == 404) {
            return new ProviderTemplate.Unknown();
        }
        return new ProviderTemplate.NotTold(
                reply.status() == 401 || reply.status() == 403 ? "authorization-failed" : "provider-unreachable");
    }

    private static ProviderTemplate read(String status, JsonNode types) {
        var replies = types.path("twilio/quick-reply");
        var kind = replies.isMissingNode() ? types.path("twilio/text") : replies;
        var ids = new ArrayList<@Nullable String>();
        for (var action : replies.path("actions")) {
            ids.add(String.valueOf(ProviderEvent.Json.text(action, "id")));
        }
        // Other kinds of content have pictures, links or lists, which nobody fills here.
        return new ProviderTemplate.There(
                status,
                status.equals("approved"),
                ProviderTemplate.Variables.count(ProviderEvent.Json.text(kind, "body")),
                ids,
                kind.isMissingNode());
    }
}
