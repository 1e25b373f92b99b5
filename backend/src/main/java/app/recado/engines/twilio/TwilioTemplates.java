package app.recado.engines.twilio;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.MappedTemplates.Mapped;
import app.recado.whatsapp.TemplateApprovals.Answer;
import app.recado.whatsapp.TemplateApprovals.Draft;
import app.recado.whatsapp.TemplateCategory;
import app.recado.whatsapp.TemplateStanding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Contents at Twilio: writes them, has WhatsApp approve them, and asks what became of that. Twilio tells nothing by itself. */
final class TwilioTemplates {

    private final OutgoingHttp http;
    private final String base;

    TwilioTemplates(OutgoingHttp http, EngineSettings.Twilio settings) {
        this.http = http;
        this.base = settings.contentUrl().toString();
    }

    ProviderTemplate find(LineCredentials.Twilio credentials, Mapped template) {
        try {
            var approval = call(credentials, template.name(), "/ApprovalRequests");
            if (!approval.ok()) {
                return refused(approval);
            }
            var content = call(credentials, template.name(), "");
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

    private OutgoingHttp.Reply call(LineCredentials.Twilio credentials, String sid, String path)
            throws OutgoingHttp.Failed {
        return call(credentials, new HttpGet(URI.create(base + "/v1/Content/" + sid + path)));
    }

    private OutgoingHttp.Reply post(LineCredentials.Twilio credentials, String path, Map<String, Object> body)
            throws OutgoingHttp.Failed {
        var request = new HttpPost(URI.create(base + "/v1/Content" + path));
        request.setEntity(new ByteArrayEntity(LineCredentials.Codec.bytes(body), ContentType.APPLICATION_JSON));
        return call(credentials, request);
    }

    private OutgoingHttp.Reply call(LineCredentials.Twilio credentials, HttpUriRequestBase request)
            throws OutgoingHttp.Failed {
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

    /** Writes the content, and with the next call asks for its approval. */
    Answer submit(LineCredentials.Twilio credentials, Draft draft, @Nullable String sid) {
        try {
            if (sid == null) {
                var written = post(credentials, "", content(draft));
                var made = ProviderEvent.Json.text(LineCredentials.Codec.tree(written.body()), "sid");
                return written.ok() && made != null ? new Answer.Written(made) : notTaken(written);
            }
            var asked = post(
                    credentials,
                    "/" + sid + "/ApprovalRequests/whatsapp",
                    Map.of("name", draft.name(), "category", draft.category().name()));
            if (asked.ok()) {
                return new Answer.Known(sid, standing(LineCredentials.Codec.tree(asked.body())));
            }
            // An earlier call may have arrived whose answer was lost.
            return ask(credentials, sid) instanceof Answer.Known known
                            && known.standing().state() != null
                    ? known
                    : notTaken(asked);
        } catch (OutgoingHttp.Failed e) {
            return new Answer.Later("provider-unreachable");
        }
    }

    private static Map<String, Object> content(Draft draft) {
        var variables = new LinkedHashMap<String, String>();
        draft.examples().forEach(example -> variables.put(String.valueOf(variables.size() + 1), example));
        var actions = draft.buttons().stream()
                .map(button -> Map.of("type", "QUICK_REPLY", "title", button.title(), "id", button.id()))
                .toList();
        var body = new LinkedHashMap<String, Object>();
        body.put("friendly_name", draft.name());
        body.put("language", draft.language());
        body.put("variables", variables);
        body.put(
                "types",
                actions.isEmpty()
                        ? Map.of("twilio/text", Map.of("body", draft.body()))
                        : Map.of("twilio/quick-reply", Map.of("body", draft.body(), "actions", actions)));
        return body;
    }

    /** Asks what WhatsApp made of a content. */
    Answer ask(LineCredentials.Twilio credentials, String sid) {
        try {
            var reply = call(credentials, sid, "/ApprovalRequests");
            if (reply.status() == 404) {
                return new Answer.Unknown();
            }
            return reply.ok()
                    ? new Answer.Known(
                            sid,
                            standing(LineCredentials.Codec.tree(reply.body()).path("whatsapp")))
                    : notTaken(reply);
        } catch (OutgoingHttp.Failed e) {
            return new Answer.Later("provider-unreachable");
        }
    }

    private static Answer notTaken(OutgoingHttp.Reply reply) {
        if (reply.status() == 429 || reply.status() >= 500) {
            return new Answer.Later("provider-unreachable");
        }
        if (reply.status() == 401 || reply.status() == 403) {
            return new Answer.Refused("authorization-failed", null);
        }
        return new Answer.Refused(
                "invalid-format", ProviderEvent.Json.text(LineCredentials.Codec.tree(reply.body()), "message"));
    }

    private static TemplateStanding standing(JsonNode whatsapp) {
        var word = String.valueOf(ProviderEvent.Json.text(whatsapp, "status"));
        var state = switch (word) {
            case "received", "pending" -> TemplateStanding.State.PENDING;
            case "approved" -> TemplateStanding.State.APPROVED;
            case "rejected" -> TemplateStanding.State.REJECTED;
            case "paused" -> TemplateStanding.State.PAUSED;
            case "disabled" -> TemplateStanding.State.DISABLED;
            default -> null;
        };
        var told = ProviderEvent.Json.text(whatsapp, "rejection_reason");
        var reason = TemplateStanding.reasonOf(told);
        boolean stopped = state != null && state.blocks();
        return new TemplateStanding(
                state,
                !stopped ? TemplateStanding.NO_REASON : reason == null ? word : reason,
                stopped && reason == null ? told : null,
                TemplateCategory.of(ProviderEvent.Json.text(whatsapp, "category"))
                        .orElse(null),
                null);
    }
}
