package app.recado.engines.evolution;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.Phone;
import app.recado.engines.provider.Provider;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived.Chat;
import app.recado.whatsapp.InboundReceived.Content;
import app.recado.whatsapp.InboundReceived.Sender;
import app.recado.whatsapp.LineState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what Evolution API delivers. Nothing is signed there: the secret in the address stands for it. Each delivery also
 * carries the server's own API key, which is taken out before anything else looks at it.
 */
final class EvolutionWebhook {

    private EvolutionWebhook() {}

    /** The delivery without the key. Everything else works on what this returns. */
    static JsonNode redacted(byte[] body) {
        var json = LineCredentials.Codec.tree(body);
        if (json instanceof ObjectNode object) {
            object.remove(List.of("apikey", "apiKey", "api_key"));
        }
        return json;
    }

    /** @param now stands in for a time the server does not tell
     * @throws ProviderEvent.NotOurs when another instance speaks */
    static List<ProviderEvent> read(UUID lineId, LineCredentials.Evolution line, JsonNode delivery, Instant now)
            throws ProviderEvent.NotOurs {
        if (!line.instance().equals(ProviderEvent.Json.text(delivery, "instance"))) {
            throw new ProviderEvent.NotOurs("instance");
        }
        var event = String.valueOf(ProviderEvent.Json.text(delivery, "event"))
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
        var said = new ArrayList<ProviderEvent>();
        var data = delivery.path("data");
        switch (event) {
            case "messages.upsert" -> each(data, message -> message(lineId, message, now, said));
            case "messages.update" -> each(data, status -> status(status, said));
            case "messages.edited" -> each(data, edit -> edited(lineId, edit, now, said));
            case "messages.delete" -> each(data, deletion -> deleted(lineId, deletion, now, said));
            case "call" -> each(data, call -> call(lineId, call, now, said));
            case "connection.update" -> connection(data, said);
            case "qrcode.updated" -> {
                if (Evolution.qr(data.path("qrcode")) instanceof ProviderEvent.Qr qr) {
                    said.add(qr);
                    said.add(new ProviderEvent.Line(Provider.Standing.of(LineState.PAIRING, "none")));
                }
            }
            default -> {} // not asked for
        }
        return said;
    }

    /** Newer servers send one, older ones several. */
    private static void each(JsonNode data, java.util.function.Consumer<JsonNode> read) {
        if (data.isArray()) {
            data.forEach(read);
        } else {
            read.accept(data);
        }
    }

    private static void connection(JsonNode data, List<ProviderEvent> said) {
        var state = String.valueOf(ProviderEvent.Json.text(data, "state"));
        int reason = data.path("statusReason").asInt(0);
        var standing = switch (state) {
            case "open" ->
                Provider.Standing.linked(
                        Phone.e164(ProviderEvent.Json.text(data, "wuid")),
                        ProviderEvent.Json.text(data, "profileName"));
            case "connecting" -> Provider.Standing.of(LineState.STARTING, "none");
            // The numbers are those of the protocol library inside.
            case "close" ->
                switch (reason) {
                    case 401 -> Provider.Standing.of(LineState.NEEDS_PAIRING, "logged-out-on-phone");
                    case 403 -> Provider.Standing.halted("banned");
                    case 440 -> Provider.Standing.halted("opened-elsewhere");
                    default -> Provider.Standing.of(LineState.RECONNECTING, "network");
                };
            default -> null;
        };
        if (standing != null) {
            said.add(new ProviderEvent.Line(standing));
        }
    }

    private static void status(JsonNode data, List<ProviderEvent> said) {
        var id = ProviderEvent.Json.text(data, "keyId");
        var of = id == null ? ProviderEvent.Json.text(data.at("/key/id")) : id;
        var fromMe = data.path("fromMe").asBoolean(data.at("/key/fromMe").asBoolean(true));
        var status = ProviderEvent.Json.text(data, "status");
        if (of == null || !fromMe || status == null) {
            return;
        }
        var state = switch (status) {
            case "SERVER_ACK" -> "sent";
            case "DELIVERY_ACK" -> "delivered";
            case "READ", "PLAYED" -> "read";
            case "ERROR" -> "failed";
            default -> null;
        };
        if (state != null) {
            said.add(new ProviderEvent.Status(
                    of, null, state, state.equals("failed") ? "rejected-by-network" : null, null));
        }
    }

    private static void message(UUID lineId, JsonNode data, Instant now, List<ProviderEvent> said) {
        var key = data.path("key");
        var id = ProviderEvent.Json.text(key, "id");
        var jid = ProviderEvent.Json.text(key, "remoteJid");
        var content = EvolutionContent.of(data);
        if (id == null || jid == null || content == null) {
            return;
        }
        boolean fromMe = key.path("fromMe").asBoolean(false);
        var at = ProviderEvent.Json.seconds(data.path("messageTimestamp"));
        var chat = chat(jid, key, fromMe);
        // Its media is asked for by the message's own id.
        var written = ProviderEvent.Message.of(
                lineId,
                id,
                chat,
                new Sender(fromMe ? ContactIds.NONE : sender(chat, key), ProviderEvent.Json.text(data, "pushName")),
                fromMe,
                at == null ? now : at,
                content);
        var file = EvolutionContent.file(data.path("message"));
        said.add(
                file == null
                        ? written
                        : written.holding(
                                id,
                                ProviderEvent.Json.text(file, "mimetype"),
                                ProviderEvent.Json.text(file, "fileName")));
    }

    private static Chat chat(String jid, JsonNode key, boolean fromMe) {
        var broadcaster = ProviderEvent.Json.text(key, "participant");
        if (jid.endsWith("@broadcast") && !jid.equals("status@broadcast") && !fromMe && broadcaster != null) {
            // Somebody wrote to a list of theirs: whoever gets it sees it in the chat with them.
            return new Chat("direct", broadcaster, author(key));
        }
        var kind = chatKind(jid);
        return new Chat(kind, jid, kind.equals("direct") ? ids(key, JIDS_OF_CHAT) : ContactIds.NONE);
    }

    private static ContactIds sender(Chat chat, JsonNode key) {
        return chat.isDirect() ? chat.other() : author(key);
    }

    private static ContactIds author(JsonNode key) {
        return ids(key, JIDS_OF_AUTHOR);
    }

    /** Under which names versions of the server put the addresses of one person: one is a number, one an opaque id. */
    private static final List<String> JIDS_OF_CHAT =
            List.of("remoteJid", "remoteJidAlt", "previousRemoteJid", "senderPn", "senderLid", "senderAlt");

    private static final List<String> JIDS_OF_AUTHOR = List.of(
            "participant", "participantAlt", "participantPn", "participantLid", "senderPn", "senderLid", "senderAlt");

    private static ContactIds ids(JsonNode key, List<String> fields) {
        String phone = null;
        String lid = null;
        String address = null;
        for (var field : fields) {
            var jid = ProviderEvent.Json.text(key, field);
            if (jid == null) {
                continue;
            }
            phone = phone == null ? Phone.e164(jid) : phone;
            lid = lid == null ? lid(jid) : lid;
            address = address == null && jid.matches(".+@(interop|msgr)") ? jid : address;
        }
        return new ContactIds(phone, lid, null, phone == null && lid == null ? address : null);
    }

    private static @Nullable String lid(String jid) {
        return jid.matches("\\d+(:\\d+)?@(hosted\\.)?lid") ? jid.replaceFirst("[:@].*", "") : null;
    }

    private static String chatKind(String jid) {
        if (jid.equals("status@broadcast")) {
            return "status";
        }
        return switch (jid.substring(jid.indexOf('@') + 1)) {
            case "g.us" -> "group";
            case "newsletter" -> "newsletter";
            case "s.whatsapp.net", "c.us", "hosted", "lid", "hosted.lid", "interop", "msgr" -> "direct";
            default -> "other";
        };
    }

    /**
     * Somebody changed or took back what they wrote. The key is the author's own view: it calls every message "from me"
     * and the chat after the clinic, so only the id of what was changed is believed.
     */
    private static void edited(UUID lineId, JsonNode data, Instant now, List<ProviderEvent> said) {
        var content = EvolutionContent.ofProtocol(data);
        if (content != null) {
            var at = EvolutionContent.milliseconds(data.path("timestampMs"));
            said.add(aboutAnother(lineId, content, at == null ? now : at));
        }
    }

    private static void deleted(UUID lineId, JsonNode data, Instant now, List<ProviderEvent> said) {
        var id = ProviderEvent.Json.text(data, "id");
        var target = id == null ? ProviderEvent.Json.text(data.at("/key/id")) : id;
        if (target != null) {
            said.add(aboutAnother(lineId, Content.about("delete", null, target), now));
        }
    }

    /** In which chat is not told: the message it is about says so. */
    private static ProviderEvent.Message aboutAnother(UUID lineId, Content content, Instant at) {
        var id = content.targetProviderMessageId() + "/" + content.kind() + "/" + at.toEpochMilli();
        return ProviderEvent.Message.of(
                lineId,
                id,
                new Chat("direct", "", ContactIds.NONE),
                new Sender(ContactIds.NONE, null),
                false,
                at,
                content);
    }

    /** Said several times while a call goes on: it counts when it is over, or was taken. */
    private static void call(UUID lineId, JsonNode data, Instant now, List<ProviderEvent> said) {
        var id = ProviderEvent.Json.text(data, "id");
        var from = ProviderEvent.Json.text(data, "from");
        var state = String.valueOf(ProviderEvent.Json.text(data, "status"));
        boolean over = List.of("timeout", "terminate", "reject", "accept").contains(state);
        if (id == null || from == null || !over || data.path("isGroup").asBoolean(false) || from.endsWith("@g.us")) {
            return;
        }
        var ids = ids(data, List.of("from", "callerPn", "callerLid", "chatId"));
        if (ids.nobody()) {
            return;
        }
        var at = EvolutionContent.date(data.path("date"));
        said.add(ProviderEvent.Message.of(
                lineId,
                id,
                new Chat("direct", from, ids),
                new Sender(ids, null),
                false,
                at == null ? now : at,
                Content.called(data.path("isVideo").asBoolean(false), !state.equals("accept"))));
    }
}
