package app.recado.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The side of a provider that approves templates, for one account: it takes what the real one takes, refuses what that refuses,
 * and tells the same fields. Whether something is approved is for the test to say.
 */
public final class FakeTemplates {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Template> all = new ArrayList<>();
    private boolean mute;

    /** One template there. */
    public static final class Template {
        public final String id;
        public final String name;
        public final String language;
        public final JsonNode asHandedIn;
        public volatile String category;
        public volatile String status;
        public volatile String reason = "";

        private Template(String id, String name, String language, String category, String status, JsonNode handedIn) {
            this.id = id;
            this.name = name;
            this.language = language;
            this.category = category;
            this.status = status;
            this.asHandedIn = handedIn;
        }
    }

    private FakeTemplates() {}

    /** An account of Meta's. @param others what it answers to everything else */
    public static FakeTemplates atMeta(String account, Function<StubProvider.Asked, StubProvider.Answer> others) {
        var templates = new FakeTemplates();
        FakeProviders.of(
                FakeProviders.CLOUD_API,
                account,
                asked -> asked.path().contains(account + "/message_templates")
                        ? templates.meta(asked)
                        : others.apply(asked));
        return templates;
    }

    /** An account of Twilio's. @param others what it answers to everything else */
    public static FakeTemplates atTwilio(String account, Function<StubProvider.Asked, StubProvider.Answer> others) {
        var templates = new FakeTemplates();
        FakeProviders.of(
                FakeProviders.TWILIO,
                account,
                asked -> asked.path().equals("/v1/Content") ? templates.content(asked) : others.apply(asked));
        return templates;
    }

    /** In the order in which they were handed in. */
    public synchronized List<Template> all() {
        return List.copyOf(all);
    }

    public Template last() {
        return all().getLast();
    }

    /** It takes the next one and hangs up before it answers. */
    public synchronized void losesItsNextAnswer() {
        mute = true;
    }

    private synchronized StubProvider.Answer meta(StubProvider.Asked asked) {
        if (asked.method().equals("GET")) {
            var name = asked.path().replaceAll(".*[?&]name=([^&]*).*", "$1");
            var found = JSON.createArrayNode();
            all.stream()
                    .filter(one -> one.name.startsWith(name))
                    .forEach(one -> found.addObject()
                            .put("id", one.id)
                            .put("name", one.name)
                            .put("language", one.language)
                            .put("status", one.status)
                            .put("category", one.category)
                            .put("rejected_reason", one.reason.isEmpty() ? "NONE" : one.reason));
            return StubProvider.Answer.json(200, "{\"data\":" + found + ",\"paging\":{}}");
        }
        var body = asked.json();
        var wrong = wrongAtMeta(body);
        if (wrong != null) {
            return refused(2388043, wrong);
        }
        var name = body.path("name").asString();
        var language = body.path("language").asString();
        if (all.stream().anyMatch(one -> one.name.equals(name) && one.language.equals(language))) {
            return refused(2388024, "There is already content in this language for this template.");
        }
        var made = new Template(
                String.valueOf(ThreadLocalRandom.current().nextLong(100_000_000_000_000L, 999_999_999_999_999L)),
                name,
                language,
                body.path("category").asString(),
                "PENDING",
                body);
        all.add(made);
        if (mute) {
            mute = false;
            return StubProvider.Answer.hangUp();
        }
        return StubProvider.Answer.json(
                200, "{\"id\":\"%s\",\"status\":\"PENDING\",\"category\":\"%s\"}".formatted(made.id, made.category));
    }

    private static StubProvider.Answer refused(int subcode, String words) {
        return StubProvider.Answer.json(400, """
                {"error":{"message":"Invalid parameter","type":"OAuthException","code":100,"error_subcode":%d,
                 "is_transient":false,"error_user_title":"Message template","error_user_msg":"%s","fbtrace_id":"A1"}}
                """.formatted(subcode, words));
    }

    private static @Nullable String wrongAtMeta(JsonNode body) {
        if (!body.path("name").asString("").matches("[a-z0-9_]{1,512}")) {
            return "Message template name can only have lowercase letters, numbers and underscores.";
        }
        if (!List.of("UTILITY", "MARKETING", "AUTHENTICATION")
                .contains(body.path("category").asString(""))) {
            return "Invalid category.";
        }
        var text = body.at("/components/0/text").asString("");
        int variables = text.split("\\{\\{\\d+}}", -1).length - 1;
        if (!body.at("/components/0/type").asString("").equals("BODY") || text.isBlank() || text.length() > 1024) {
            return "The body is missing or too long.";
        }
        if (text.matches("(?s)\\s*\\{\\{\\d+}}.*|.*\\{\\{\\d+}}\\s*")) {
            return "Variables can't be at the start or end of the template.";
        }
        return body.at("/components/0/example/body_text/0").size() == variables
                ? null
                : "Sample content is missing for variables.";
    }

    private synchronized StubProvider.Answer content(StubProvider.Asked asked) {
        var body = asked.json();
        var type = body.path("types").propertyNames().stream().findFirst().orElse("");
        if (body.path("language").asString("").isEmpty()
                || body.path("types").path(type).path("body").asString("").isBlank()) {
            return StubProvider.Answer.json(400, "{\"code\":20001,\"message\":\"Invalid Parameter\",\"status\":400}");
        }
        var sid = "HX" + UUID.randomUUID().toString().replace("-", "");
        var made = new Template(
                sid,
                body.path("friendly_name").asString(""),
                body.path("language").asString(),
                "",
                "unsubmitted",
                body);
        all.add(made);
        FakeProviders.of(FakeProviders.TWILIO, sid, request -> ofContent(made, type, request));
        return StubProvider.Answer.json(201, "{\"sid\":\"%s\",\"friendly_name\":\"%s\"}".formatted(sid, made.name));
    }

    private synchronized StubProvider.Answer ofContent(Template content, String type, StubProvider.Asked asked) {
        if (asked.path().endsWith("/ApprovalRequests/whatsapp")
                && asked.method().equals("POST")) {
            if (!content.status.equals("unsubmitted")) {
                return StubProvider.Answer.json(
                        400, "{\"code\":20001,\"message\":\"Already submitted\",\"status\":400}");
            }
            content.status = "received";
            content.category = asked.json().path("category").asString().toUpperCase(Locale.ROOT);
            if (mute) {
                mute = false;
                return StubProvider.Answer.hangUp();
            }
            return StubProvider.Answer.json(201, whatsapp(content, type));
        }
        return asked.path().endsWith("/ApprovalRequests")
                ? StubProvider.Answer.json(
                        200, "{\"sid\":\"%s\",\"whatsapp\":%s}".formatted(content.id, whatsapp(content, type)))
                : StubProvider.Answer.json(200, content.asHandedIn.toString());
    }

    private static String whatsapp(Template content, String type) {
        return JSON.createObjectNode()
                .put("name", content.name)
                .put("category", content.category)
                .put("content_type", type)
                .put("status", content.status)
                .put("rejection_reason", content.reason)
                .put("allow_category_change", true)
                .toString();
    }
}
