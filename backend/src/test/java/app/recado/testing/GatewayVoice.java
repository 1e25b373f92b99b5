package app.recado.testing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the backend as the gateway does for one line: signed deliveries of numbered events. */
public final class GatewayVoice {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Api server;
    private final Clock clock;
    private final UUID organizationId;
    private final UUID lineId;
    private final AtomicLong seq = new AtomicLong();

    public GatewayVoice(Api server, Clock clock, UUID organizationId, UUID lineId) {
        this.server = server;
        this.clock = clock;
        this.organizationId = organizationId;
        this.lineId = lineId;
    }

    /** An event that can be delivered any number of times. */
    public record Event(UUID id, long seq, String type, Instant at, Map<String, @Nullable Object> data) {

        Map<String, Object> json() {
            return Map.of("id", id.toString(), "seq", seq, "type", type, "at", at.toString(), "data", data);
        }
    }

    /** Delivers and answers the status. */
    public Api.Answer deliver(Event... events) {
        var items = Arrays.stream(events).map(Event::json).toList();
        return deliver(JSON.writeValueAsBytes(
                Map.of("lineId", lineId.toString(), "organizationId", organizationId.toString(), "events", items)));
    }

    /** Delivers any bytes with a signature that fits them. */
    public Api.Answer deliver(byte[] body) {
        var id = UUID.randomUUID().toString();
        long timestamp = clock.instant().getEpochSecond();
        return server.with("webhook-id", id)
                .with("webhook-timestamp", String.valueOf(timestamp))
                .with("webhook-signature", FakeGateway.signature(id, timestamp, body))
                .with("Content-Type", "application/json")
                .send("POST", "/internal/v1/gateway/events", body);
    }

    public Event lineIs(String state, String cause) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("lineId", lineId.toString());
        data.put("organizationId", organizationId.toString());
        data.put("network", "simulator");
        data.put("state", state);
        data.put("cause", cause);
        data.put("since", clock.instant().toString());
        data.put("nextAttemptAt", null);
        data.put("phone", state.equals("linked") ? "+5491150000000" : null);
        data.put("profileName", null);
        data.put("platform", null);
        data.put("qrGeneration", 0);
        return event("line.state", data);
    }

    public Event messageIs(UUID messageId, String providerMessageId, String state, @Nullable String reason) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("messageId", messageId.toString());
        data.put("providerMessageId", providerMessageId);
        data.put("state", state);
        data.put("reason", reason);
        return event("message.status", data);
    }

    public Event messageIs(FakeGateway.Command command, String state) {
        command.state = state;
        return messageIs(command.messageId, command.providerMessageId, state, null);
    }

    public Event event(String type, Map<String, @Nullable Object> data) {
        return new Event(UUID.randomUUID(), seq.incrementAndGet(), type, clock.instant(), data);
    }

    /** Somebody writes to the clinic. */
    public Inbound from(String phone) {
        return new Inbound(phone);
    }

    /** A message on its way in; a plain text in a direct chat unless said otherwise. */
    public final class Inbound {
        private final Map<String, @Nullable Object> data = new LinkedHashMap<>();
        private final Map<String, @Nullable Object> chat = new LinkedHashMap<>();
        private final Map<String, @Nullable Object> sender = new LinkedHashMap<>();

        Inbound(String phone) {
            chat.put("kind", "direct");
            chat.put("phone", phone);
            chat.put("lid", null);
            chat.put("id", phone.substring(1) + "@s.whatsapp.net");
            sender.put("phone", phone);
            sender.put("lid", null);
            sender.put("name", "Somebody");
            data.put("providerMessageId", "IN" + UUID.randomUUID());
            data.put("chat", chat);
            data.put("sender", sender);
            data.put("fromMe", false);
            data.put("sentAt", clock.instant().toString());
            data.put("kind", "text");
            data.put("text", null);
            data.put("quotedProviderMessageId", null);
            data.put("offline", false);
        }

        /** Holds a file, to be fetched under this id. */
        public Inbound holding(UUID mediaId, String contentType, String fileName) {
            var media = new LinkedHashMap<String, @Nullable Object>();
            media.put("id", mediaId.toString());
            media.put("kind", String.valueOf(data.get("kind")));
            media.put("contentType", contentType);
            media.put("size", 3);
            media.put("fileName", fileName);
            data.put("media", media);
            return this;
        }

        /** Known by this opaque identity, too. */
        public Inbound alsoLid(String lid) {
            chat.put("lid", lid);
            sender.put("lid", lid);
            return this;
        }

        /** Known by this opaque identity alone. */
        public Inbound onlyLid(String lid) {
            chat.put("phone", null);
            sender.put("phone", null);
            chat.put("id", "lid:" + lid);
            return alsoLid(lid);
        }

        /** An edit, a deletion or a reaction of that message. */
        public Inbound about(String targetProviderMessageId) {
            data.put("targetProviderMessageId", targetProviderMessageId);
            return this;
        }

        public Inbound inChat(String kind, String id) {
            chat.put("kind", kind);
            chat.put("phone", null);
            chat.put("id", id);
            return this;
        }

        public Inbound with(String field, Object value) {
            data.put(field, value);
            return this;
        }

        public Event sends() {
            return event("message.inbound", data);
        }

        public Event writes(String text) {
            data.put("text", text);
            return event("message.inbound", data);
        }

        public Inbound id(String providerMessageId) {
            data.put("providerMessageId", providerMessageId);
            return this;
        }

        public Inbound at(Instant sentAt) {
            data.put("sentAt", sentAt.toString());
            return this;
        }

        public Inbound quoting(String providerMessageId) {
            data.put("quotedProviderMessageId", providerMessageId);
            return this;
        }

        public Inbound kind(String kind) {
            data.put("kind", kind);
            return this;
        }

        public Inbound inGroup(String id) {
            chat.put("kind", "group");
            chat.put("phone", null);
            chat.put("id", id);
            return this;
        }

        public Inbound fromTheClinicsPhone() {
            data.put("fromMe", true);
            sender.put("phone", "+5491150000000");
            return this;
        }
    }

    /** Several events as an array, for tests that shuffle them. */
    public static Event[] of(List<Event> events) {
        return new ArrayList<>(events).toArray(Event[]::new);
    }
}
