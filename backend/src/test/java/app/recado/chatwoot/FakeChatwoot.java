package app.recado.chatwoot;

import app.recado.testing.StubProvider;
import app.recado.testing.StubProvider.Answer;
import app.recado.testing.StubProvider.Asked;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chatwoot server as far as a bridge asks it. What it answers and delivers is written after Chatwoot's sources (presenters,
 * controllers and the sender of webhooks, up to 4.18), not recorded from a running one: contacts under
 * {@code payload.contact}, conversations by their number in the account, {@code source_id} beside each message.
 */
final class FakeChatwoot implements AutoCloseable {

    static final long ACCOUNT = 3;
    static final long INBOX = 9;
    static final String TOKEN = "sMg1kbQ6r8mW2mY5nT4xZ9pV";
    static final String SECRET = "b1c9e0f7a4d24a55b1c9e0f7a4d24a55";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String API = "/api/v1/accounts/" + ACCOUNT;

    final StubProvider server = new StubProvider();
    final List<Map<String, Object>> messages = Collections.synchronizedList(new ArrayList<>());
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<Long, String> contactKeys = new LinkedHashMap<>();
    private final Map<Long, Long> conversations = new LinkedHashMap<>();
    private final AtomicInteger ids = new AtomicInteger(100);

    /** Takes the next message in and hangs up. */
    volatile boolean hangsUpAfterTaking;

    volatile @Nullable String webhookUrl;
    volatile String channelType = "Channel::Api";

    FakeChatwoot() {
        server.always(this::answer);
    }

    private synchronized Answer answer(Asked asked) {
        if (asked.path().startsWith("/files/")) {
            return new Answer(200, app.recado.testing.TestMedia.PNG, Map.of("Content-Type", "image/png"));
        }
        if (asked.path().startsWith("/moved/")) {
            return new Answer(
                    302,
                    new byte[0],
                    Map.of("Location", "/files/" + asked.path().substring(7)));
        }
        if (asked.path().startsWith("/inside/")) {
            return new Answer(302, new byte[0], Map.of("Location", "http://10.0.0.7/secret.png"));
        }
        if (!TOKEN.equals(asked.header("api_access_token"))) {
            return Answer.json(401, "{\"error\":\"Invalid Access Token\"}");
        }
        var path = asked.path().substring(API.length());
        calls.add(asked.method() + " " + path);
        if (path.equals("/contacts")) {
            return newContact(asked);
        }
        if (path.equals("/contacts/filter")) {
            var value = asked.json().at("/payload/0/values/0").asString();
            return Answer.json(
                    200,
                    contactKeys.entrySet().stream()
                            .filter(one -> one.getValue().equals(value))
                            .map(one -> "{\"meta\":{\"count\":1},\"payload\":[{\"id\":%d}]}".formatted(one.getKey()))
                            .findFirst()
                            .orElse("{\"meta\":{\"count\":0},\"payload\":[]}"));
        }
        if (path.matches("/contacts/\\d+/conversations")) {
            long contact = Long.parseLong(path.split("/")[2]);
            var found = conversations.entrySet().stream()
                    .filter(one -> one.getValue() == contact)
                    .map(one -> "{\"id\":%d,\"inbox_id\":%d,\"status\":\"open\"}".formatted(one.getKey(), INBOX))
                    .toList();
            return Answer.json(200, "{\"payload\":[" + String.join(",", found) + "]}");
        }
        if (path.equals("/conversations")) {
            long id = ids.incrementAndGet();
            conversations.put(id, asked.json().path("contact_id").asLong());
            return Answer.json(200, "{\"id\":%d,\"account_id\":%d,\"inbox_id\":%d}".formatted(id, ACCOUNT, INBOX));
        }
        if (path.matches("/conversations/\\d+/messages")) {
            return asked.method().equals("GET") ? Answer.json(200, listed(path)) : newMessage(asked, path);
        }
        if (path.equals("/inboxes/" + INBOX)) {
            return Answer.json(
                    200,
                    JSON.writeValueAsString(Map.of(
                            "id",
                            INBOX,
                            "name",
                            "WhatsApp de recepción",
                            "channel_type",
                            channelType,
                            "webhook_url",
                            webhookUrl == null ? "" : webhookUrl)));
        }
        return Answer.json(path.contains("/inboxes/") ? 404 : 200, "{}");
    }

    private Answer newContact(Asked asked) {
        var key = asked.json().path("identifier").asString();
        if (contactKeys.containsValue(key)) {
            return Answer.json(
                    422, "{\"message\":\"Identifier has already been taken\",\"attributes\":[\"identifier\"]}");
        }
        long id = ids.incrementAndGet();
        contactKeys.put(id, key);
        return Answer.json(200, """
                {"payload":{"contact":{"id":%d,"name":%s,"phone_number":"+5491123456789","identifier":"%s",
                 "contact_inboxes":[{"source_id":"%s","inbox":{"id":%d}}]},
                 "contact_inbox":{"inbox":{"id":%d},"source_id":"%s"}}}
                """.formatted(
                id, JSON.writeValueAsString(asked.json().path("name").asString()), key, key, INBOX, INBOX, key));
    }

    private Answer newMessage(Asked asked, String path) {
        var message = new LinkedHashMap<String, Object>();
        message.put("id", (long) ids.incrementAndGet());
        message.put("conversation_id", Long.parseLong(path.split("/")[2]));
        if (asked.header("Content-Type") instanceof String type && type.startsWith("multipart/")) {
            var text = new String(asked.body(), StandardCharsets.ISO_8859_1);
            message.put("content", part(text, "content"));
            message.put("message_type", part(text, "message_type"));
            message.put("source_id", part(text, "source_id"));
            message.put("file", text.contains("name=\"attachments[]\""));
        } else {
            for (var field : List.of("content", "message_type", "source_id", "content_attributes", "private")) {
                message.put(field, asked.json().path(field).asString(""));
            }
        }
        messages.add(message);
        if (hangsUpAfterTaking) {
            hangsUpAfterTaking = false;
            return Answer.hangUp();
        }
        return Answer.json(200, JSON.writeValueAsString(message));
    }

    private static String part(String form, String name) {
        var begin = form.indexOf("\r\n\r\n", form.indexOf("name=\"" + name + "\"")) + 4;
        return new String(
                form.substring(begin, form.indexOf("\r\n--", begin)).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
    }

    private String listed(String path) {
        long conversation = Long.parseLong(path.split("/")[2]);
        return JSON.writeValueAsString(Map.of(
                "meta",
                Map.of("labels", List.of()),
                "payload",
                messages.stream()
                        .filter(one -> Objects.equals(one.get("conversation_id"), conversation))
                        .toList()));
    }

    /** What was told, oldest first. */
    List<String> told() {
        return messages.stream()
                .map(one -> one.get("message_type") + ": " + one.get("content")
                        + (Boolean.TRUE.equals(one.get("file")) ? " [file]" : ""))
                .toList();
    }

    long conversation() {
        return conversations.keySet().iterator().next();
    }

    String contactKey() {
        return contactKeys.values().iterator().next();
    }

    /** Bodies of calls whose path contains that. */
    List<Asked> asked(String method, String part) {
        return server.asked().stream()
                .filter(one -> one.method().equals(method) && one.path().contains(part))
                .toList();
    }

    /** As delivered when an agent writes. */
    Map<String, Object> agentWrote(long id, @Nullable String content, List<Map<String, Object>> attachments) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("account", Map.of("id", ACCOUNT, "name", "Clínica"));
        payload.put("additional_attributes", Map.of());
        payload.put("content_attributes", Map.of());
        payload.put("content_type", "text");
        payload.put("content", content == null ? "" : content);
        payload.put("conversation", conversationJson());
        payload.put("created_at", "2026-11-24T12:00:00.000Z");
        payload.put("id", id);
        payload.put("inbox", Map.of("id", INBOX, "name", "WhatsApp de recepción"));
        payload.put("message_type", "outgoing");
        payload.put("private", false);
        payload.put("sender", Map.of("id", 12, "name", "Lucía", "email", "lucia@clinic.test", "type", "user"));
        payload.put("event", "message_created");
        if (!attachments.isEmpty()) {
            payload.put("attachments", attachments);
        }
        return payload;
    }

    private Map<String, Object> conversationJson() {
        return Map.of(
                "id",
                conversation(),
                "inbox_id",
                INBOX,
                "status",
                "open",
                "channel",
                "Channel::Api",
                "can_reply",
                true,
                "contact_inbox",
                Map.of("id", 5, "contact_id", 6, "inbox_id", INBOX, "source_id", contactKey()),
                "meta",
                Map.of("sender", Map.of("id", 6, "name", "Ana", "phone_number", "+5491123456789", "type", "contact")));
    }

    Map<String, Object> statusChanged(String status) {
        var payload = new LinkedHashMap<String, Object>(conversationJson());
        payload.put("status", status);
        payload.put("account", Map.of("id", ACCOUNT, "name", "Clínica"));
        payload.put("event", "conversation_status_changed");
        payload.put(
                "changed_attributes",
                List.of(Map.of("status", Map.of("previous_value", "open", "current_value", status))));
        return payload;
    }

    Map<String, Object> image(String path) {
        return Map.of(
                "id",
                1,
                "message_id",
                1,
                "file_type",
                "image",
                "account_id",
                ACCOUNT,
                "data_url",
                server.url() + path,
                "thumb_url",
                server.url() + path,
                "file_size",
                70);
    }

    @Override
    public void close() {
        server.close();
    }
}
