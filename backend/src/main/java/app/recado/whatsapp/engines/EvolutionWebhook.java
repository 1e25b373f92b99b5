package app.recado.whatsapp.engines;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * @throws Said.NotOurs when another instance speaks */
    static List<Said> read(LineCredentials.Evolution line, JsonNode delivery, Instant now) throws Said.NotOurs {
        if (!line.instance().equals(Said.Json.text(delivery, "instance"))) {
            throw new Said.NotOurs("instance");
        }
        var event = String.valueOf(Said.Json.text(delivery, "event"))
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
        var said = new ArrayList<Said>();
        var data = delivery.path("data");
        switch (event) {
            case "messages.upsert" -> each(data, message -> message(message, now, said));
            case "messages.update" -> each(data, status -> status(status, said));
            case "connection.update" -> connection(data, said);
            case "qrcode.updated" -> {
                if (Evolution.qr(data.path("qrcode")) instanceof Said.Qr qr) {
                    said.add(qr);
                    said.add(new Said.Line(new Provider.Standing("pairing", "none", null, null)));
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

    private static void connection(JsonNode data, List<Said> said) {
        var state = String.valueOf(Said.Json.text(data, "state"));
        int reason = data.path("statusReason").asInt(0);
        var standing = switch (state) {
            case "open" ->
                Provider.Standing.linked(Phone.e164(Said.Json.text(data, "wuid")), Said.Json.text(data, "profileName"));
            case "connecting" -> new Provider.Standing("starting", "none", null, null);
            // The numbers are those of the protocol library inside.
            case "close" ->
                switch (reason) {
                    case 401 -> new Provider.Standing("needs-pairing", "logged-out-on-phone", null, null);
                    case 403 -> Provider.Standing.halted("banned");
                    case 440 -> Provider.Standing.halted("opened-elsewhere");
                    default -> new Provider.Standing("reconnecting", "network", null, null);
                };
            default -> null;
        };
        if (standing != null) {
            said.add(new Said.Line(standing));
        }
    }

    private static void status(JsonNode data, List<Said> said) {
        var id = Said.Json.text(data, "keyId");
        var of = id == null ? Said.Json.text(data.at("/key/id")) : id;
        var fromMe = data.path("fromMe").asBoolean(data.at("/key/fromMe").asBoolean(true));
        var status = Said.Json.text(data, "status");
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
            said.add(new Said.Status(of, null, state, state.equals("failed") ? "rejected-by-network" : null, null));
        }
    }

    private static void message(JsonNode data, Instant now, List<Said> said) {
        var key = data.path("key");
        var id = Said.Json.text(key, "id");
        var jid = Said.Json.text(key, "remoteJid");
        if (id == null || jid == null) {
            return;
        }
        var chatKind = chatKind(jid);
        // With an opaque identity the number stands beside it, under a name that changed between versions.
        var phone = chatKind.equals("direct")
                ? first(
                        Phone.e164(jid),
                        Phone.e164(Said.Json.text(key, "remoteJidAlt")),
                        Phone.e164(Said.Json.text(key, "senderPn")))
                : null;
        var message = data.path("message");
        var content = content(id, message);
        var at = Said.Json.seconds(data.path("messageTimestamp"));
        var quoted = content.about() == null ? quoted(data, message) : content.about();
        said.add(new Said.Message(
                id,
                phone,
                jid,
                chatKind,
                Said.Json.text(data, "pushName"),
                key.path("fromMe").asBoolean(false),
                at == null ? now : at,
                content.kind(),
                content.text(),
                quoted,
                content.media(),
                content.place(),
                content.cards(),
                content.choice()));
    }

    private static @Nullable String first(@Nullable String... values) {
        for (var value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static String chatKind(String jid) {
        if (jid.endsWith("@g.us")) {
            return "group";
        }
        if (jid.equals("status@broadcast")) {
            return "status";
        }
        return jid.endsWith("@s.whatsapp.net") || jid.endsWith("@lid") ? "direct" : "other";
    }

    private static @Nullable String quoted(JsonNode data, JsonNode message) {
        var outside = Said.Json.text(data.at("/contextInfo/stanzaId"));
        if (outside != null) {
            return outside;
        }
        for (var part : message) {
            if (Said.Json.text(part.at("/contextInfo/stanzaId")) instanceof String inside) {
                return inside;
            }
        }
        return null;
    }

    private static Said.Content content(String id, JsonNode message) {
        if (message.has("conversation")) {
            return Said.Content.text("text", Said.Json.text(message, "conversation"));
        }
        if (message.has("extendedTextMessage")) {
            return Said.Content.text("text", Said.Json.text(message.at("/extendedTextMessage/text")));
        }
        for (var kind : List.of("image", "audio", "video", "document", "sticker")) {
            var part = message.path(kind + "Message");
            if (part.isObject()) {
                return media(id, kind, part);
            }
        }
        if (message.has("documentWithCaptionMessage")) {
            return media(id, "document", message.at("/documentWithCaptionMessage/message/documentMessage"));
        }
        if (message.has("locationMessage")) {
            var part = message.path("locationMessage");
            var place = new Said.Place(
                    part.path("degreesLatitude").asDouble(0),
                    part.path("degreesLongitude").asDouble(0),
                    Said.Json.text(part, "name"),
                    Said.Json.text(part, "address"));
            return new Said.Content("location", null, null, null, place, List.of(), null);
        }
        if (message.has("contactMessage")) {
            return cards(List.of(message.path("contactMessage")));
        }
        if (message.has("contactsArrayMessage")) {
            return cards(
                    message.at("/contactsArrayMessage/contacts").valueStream().toList());
        }
        if (message.has("reactionMessage")) {
            var part = message.path("reactionMessage");
            return new Said.Content(
                    "reaction",
                    Said.Json.text(part, "text"),
                    Said.Json.text(part.at("/key/id")),
                    null,
                    null,
                    List.of(),
                    null);
        }
        if (message.has("buttonsResponseMessage")) {
            var part = message.path("buttonsResponseMessage");
            return Said.Content.chosen(
                    Said.Json.text(part, "selectedButtonId"), Said.Json.text(part, "selectedDisplayText"));
        }
        if (message.has("templateButtonReplyMessage")) {
            var part = message.path("templateButtonReplyMessage");
            return Said.Content.chosen(Said.Json.text(part, "selectedId"), Said.Json.text(part, "selectedDisplayText"));
        }
        if (message.has("listResponseMessage")) {
            var part = message.path("listResponseMessage");
            return Said.Content.chosen(
                    Said.Json.text(part.at("/singleSelectReply/selectedRowId")), Said.Json.text(part, "title"));
        }
        return Said.Content.text("other", null);
    }

    private static Said.Content media(String id, String kind, JsonNode part) {
        var media = new Said.Media(id, Said.Json.text(part, "mimetype"), Said.Json.text(part, "fileName"));
        return new Said.Content(kind, Said.Json.text(part, "caption"), null, media, null, List.of(), null);
    }

    /** The numbers stand in a vCard; WhatsApp writes its own id of the person beside each. */
    private static Said.Content cards(List<JsonNode> contacts) {
        var cards = new ArrayList<Said.Card>();
        for (var contact : contacts) {
            var phones = new ArrayList<String>();
            var vcard = String.valueOf(Said.Json.text(contact, "vcard"));
            for (var row : vcard.split("\\R")) {
                if (row.contains("TEL") && row.contains(":")) {
                    var waid = row.replaceFirst(".*waid=(\\d+).*", "$1");
                    var e164 = Phone.e164(waid.equals(row) ? row.substring(row.lastIndexOf(':') + 1) : waid);
                    if (e164 != null) {
                        phones.add(e164);
                    }
                }
            }
            cards.add(new Said.Card(String.valueOf(Said.Json.text(contact, "displayName")), phones));
        }
        return new Said.Content("contact", null, null, null, null, cards, null);
    }
}
