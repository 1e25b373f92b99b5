package app.recado.engines.cloudapi;

import app.recado.engines.EngineSettings;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.ProviderTemplate;
import app.recado.engines.provider.SendOutcome;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.whatsapp.MappedTemplates.Mapped;
import app.recado.whatsapp.TemplateApprovals.Answer;
import app.recado.whatsapp.TemplateApprovals.Draft;
import app.recado.whatsapp.TemplateCategory;
import app.recado.whatsapp.TemplateStanding;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Templates of an account of the WhatsApp Business Platform: hands them in, asks for them, and reads what the platform tells of
 * them by itself.
 */
final class CloudApiTemplates {

    /** Of webhooks. */
    static final Set<String> FIELDS =
            Set.of("message_template_status_update", "message_template_quality_update", "template_category_update");

    /** There is a template of that name and language. */
    private static final int EXISTS = 2388024;

    private static final Set<Integer> TOO_MANY_CALLS = Set.of(4, 80007, 80008, 130429);

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

    /** Hands a template in. Its name is new: where it exists already, an earlier call arrived whose answer was lost. */
    Answer submit(LineCredentials.CloudApi credentials, Draft draft) {
        var request = new HttpPost(URI.create(base + "/" + credentials.businessAccountId() + "/message_templates"));
        request.setHeader("Authorization", "Bearer " + credentials.accessToken());
        request.setEntity(new ByteArrayEntity(LineCredentials.Codec.bytes(body(draft)), ContentType.APPLICATION_JSON));
        try {
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (!reply.ok()) {
                return json.at("/error/error_subcode").asInt(0) == EXISTS
                        ? ask(credentials, draft.name(), draft.language())
                        : refused(reply.status(), json.path("error"));
            }
            var id = ProviderEvent.Json.text(json, "id");
            return id == null
                    ? new Answer.Later("no-acknowledgement")
                    : new Answer.Known(id, standing(json, "status", null));
        } catch (OutgoingHttp.Failed e) {
            return new Answer.Later("provider-unreachable");
        }
    }

    private static Map<String, Object> body(Draft draft) {
        var text = new LinkedHashMap<String, Object>();
        text.put("type", "BODY");
        text.put("text", draft.body());
        if (!draft.examples().isEmpty()) {
            text.put("example", Map.of("body_text", List.of(draft.examples())));
        }
        var components = new ArrayList<Map<String, Object>>(List.of(text));
        if (!draft.buttons().isEmpty()) {
            components.add(Map.of(
                    "type",
                    "BUTTONS",
                    "buttons",
                    draft.buttons().stream()
                            .map(button -> Map.of("type", "QUICK_REPLY", "text", button.title()))
                            .toList()));
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("name", draft.name());
        body.put("language", draft.language());
        body.put("category", draft.category().name());
        body.put("components", components);
        return body;
    }

    /** Asks what became of a template. */
    Answer ask(LineCredentials.CloudApi credentials, String name, @Nullable String language) {
        var request = new HttpGet(URI.create(base + "/" + credentials.businessAccountId() + "/message_templates?name="
                + name + "&fields=id,name,language,status,category,rejected_reason,quality_score&limit=100"));
        request.setHeader("Authorization", "Bearer " + credentials.accessToken());
        try {
            var reply = http.call(request);
            var json = LineCredentials.Codec.tree(reply.body());
            if (!reply.ok()) {
                return refused(reply.status(), json.path("error"));
            }
            for (var found : json.path("data")) {
                var id = ProviderEvent.Json.text(found, "id");
                if (id != null
                        && name.equals(ProviderEvent.Json.text(found, "name"))
                        && String.valueOf(language).equals(ProviderEvent.Json.text(found, "language"))) {
                    return new Answer.Known(
                            id, standing(found, "status", ProviderEvent.Json.text(found.at("/quality_score/score"))));
                }
            }
            return new Answer.Unknown();
        } catch (OutgoingHttp.Failed e) {
            return new Answer.Later("provider-unreachable");
        }
    }

    private static Answer refused(int status, JsonNode error) {
        int code = error.path("code").asInt(-1);
        if (status == 429 || status >= 500 || TOO_MANY_CALLS.contains(code)) {
            return new Answer.Later("provider-unreachable");
        }
        if (CloudApiErrors.of(status, code) instanceof SendOutcome.HaltLine halt) {
            return new Answer.Refused(halt.cause(), null);
        }
        var said = ProviderEvent.Json.text(error, "error_user_msg");
        return new Answer.Refused("invalid-format", said == null ? ProviderEvent.Json.text(error, "message") : said);
    }

    /**
     * What a webhook tells of a template; empty for what changes nothing, such as a category that is only announced to change.
     *
     * @param time when it was told, in seconds
     */
    static Optional<ProviderEvent> told(String field, JsonNode value, JsonNode time, Instant now) {
        var name = ProviderEvent.Json.text(value, "message_template_name");
        var language = ProviderEvent.Json.text(value, "message_template_language");
        var standing = switch (field) {
            case "message_template_quality_update" ->
                new TemplateStanding(
                        null,
                        null,
                        null,
                        null,
                        TemplateStanding.Quality.of(ProviderEvent.Json.text(value, "new_quality_score"))
                                .orElse(null));
            case "template_category_update" ->
                new TemplateStanding(
                        null,
                        null,
                        null,
                        // The announcement of a day before carries the present category as the new one.
                        value.has("correct_category")
                                ? null
                                : TemplateCategory.of(ProviderEvent.Json.text(value, "new_category"))
                                        .orElse(null),
                        null);
            default -> standing(value, "event", null);
        };
        boolean silent = standing.state() == null
                && standing.reason() == null
                && standing.category() == null
                && standing.quality() == null;
        if (name == null || language == null || silent) {
            return Optional.empty();
        }
        var at = ProviderEvent.Json.seconds(time);
        return Optional.of(
                new ProviderEvent.Template(name, language.replace('-', '_'), standing, at == null ? now : at));
    }

    /** Of an answer and of a webhook alike. @param status the field with the platform's word for the state */
    private static TemplateStanding standing(JsonNode said, String status, @Nullable String quality) {
        var word = String.valueOf(ProviderEvent.Json.text(said, status)).toUpperCase(Locale.ROOT);
        var state = switch (word) {
            case "APPROVED", "REINSTATED", "UNARCHIVED" -> TemplateStanding.State.APPROVED;
            case "PENDING", "IN_APPEAL" -> TemplateStanding.State.PENDING;
            case "REJECTED", "LIMIT_EXCEEDED" -> TemplateStanding.State.REJECTED;
            case "PAUSED" -> TemplateStanding.State.PAUSED;
            case "DISABLED", "DELETED", "PENDING_DELETION", "ARCHIVED" -> TemplateStanding.State.DISABLED;
            // It is warned of and still sent.
            default -> null;
        };
        var category = TemplateCategory.of(ProviderEvent.Json.text(
                        said, said.has("message_template_category") ? "message_template_category" : "category"))
                .orElse(null);
        return new TemplateStanding(
                state,
                reason(word, state, said),
                advice(said),
                category,
                TemplateStanding.Quality.of(quality).orElse(null));
    }

    private static @Nullable String reason(String word, TemplateStanding.@Nullable State state, JsonNode said) {
        if (state == null) {
            return word.equals("FLAGGED") ? "flagged" : null;
        }
        if (state == TemplateStanding.State.APPROVED || state == TemplateStanding.State.PENDING) {
            return TemplateStanding.NO_REASON;
        }
        var told = TemplateStanding.reasonOf(
                ProviderEvent.Json.text(said, said.has("rejected_reason") ? "rejected_reason" : "reason"));
        return told == null || told.equals(TemplateStanding.NO_REASON) ? TemplateStanding.reasonOf(word) : told;
    }

    /** The platform's sentences: what is wrong with the text, and what would mend it. */
    private static @Nullable String advice(JsonNode said) {
        var parts = Stream.of(
                        said.at("/rejection_info/reason"),
                        said.at("/rejection_info/recommendation"),
                        said.at("/other_info/description"))
                .map(ProviderEvent.Json::text)
                .filter(Objects::nonNull)
                .toList();
        return parts.isEmpty() ? null : String.join(" ", parts);
    }
}
