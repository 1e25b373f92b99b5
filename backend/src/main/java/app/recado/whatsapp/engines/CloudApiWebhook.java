package app.recado.whatsapp.engines;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the Cloud API delivers. What it does not know is told as a message of kind {@code other}, never dropped. */
final class CloudApiWebhook {

    private CloudApiWebhook() {}

    /** What a delivery says of this line, and how many of its parts were about another account or number. */
    record Reading(List<Said> said, int notOurs) {}

    /** @param now stands in for a time the platform does not tell */
    static Reading read(LineCredentials.CloudApi line, JsonNode delivery, Instant now) {
        var said = new ArrayList<Said>();
        int notOurs = 0;
        for (var entry : delivery.path("entry")) {
            boolean account = line.businessAccountId().equals(Said.Json.text(entry, "id"));
            for (var change : entry.path("changes")) {
                if (!"messages".equals(change.path("field").asString(""))) {
                    continue;
                }
                var value = change.path("value");
                var number = Said.Json.text(value.at("/metadata/phone_number_id"));
                if (!account || !line.phoneNumberId().equals(number)) {
                    notOurs++;
                    continue;
                }
                value.path("statuses").forEach(status -> status(status, said));
                var names = names(value);
                value.path("messages").forEach(message -> message(message, names, now, said));
            }
        }
        return new Reading(List.copyOf(said), notOurs);
    }

    private static void status(JsonNode status, List<Said> said) {
        var id = Said.Json.text(status, "id");
        var state = Said.Json.text(status, "status");
        if (id == null
                || state == null
                || !List.of("sent", "delivered", "read", "failed").contains(state)) {
            return;
        }
        var code = status.at("/errors/0/code");
        said.add(new Said.Status(
                id,
                uuid(Said.Json.text(status, "biz_opaque_callback_data")),
                state,
                state.equals("failed") ? (code.isInt() ? String.valueOf(code.asInt()) : "") : null,
                Said.Json.seconds(status.path("timestamp"))));
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, String> names(JsonNode value) {
        var names = new HashMap<String, String>();
        for (var contact : value.path("contacts")) {
            var name = Said.Json.text(contact.at("/profile/name"));
            for (var key : List.of("wa_id", "user_id")) {
                if (Said.Json.text(contact, key) instanceof String id && name != null) {
                    names.put(id, name);
                }
            }
        }
        return names;
    }

    private static void message(JsonNode message, Map<String, String> names, Instant now, List<Said> said) {
        var id = Said.Json.text(message, "id");
        var from = Said.Json.text(message, "from");
        // People may hide their number; then only an opaque identity is told.
        var sender = from == null ? Said.Json.text(message, "from_user_id") : from;
        if (id == null || sender == null) {
            return;
        }
        var type = String.valueOf(Said.Json.text(message, "type"));
        var content = content(type, message);
        var at = Said.Json.seconds(message.path("timestamp"));
        var quoted = content.about() == null ? Said.Json.text(message.at("/context/id")) : content.about();
        said.add(new Said.Message(
                id,
                Phone.e164(from),
                sender,
                message.has("group_id") ? "group" : "direct",
                names.get(sender),
                false,
                at == null ? now : at,
                content.kind(),
                content.text(),
                quoted,
                content.media(),
                content.place(),
                content.cards(),
                content.choice()));
    }

    private static Said.Content content(String type, JsonNode message) {
        var part = message.path(type);
        return switch (type) {
            case "text" -> Said.Content.text("text", Said.Json.text(part, "body"));
            case "image", "audio", "video", "document", "sticker" -> {
                var reference = Said.Json.text(part, "id");
                var media = reference == null
                        ? null
                        : new Said.Media(
                                reference, Said.Json.text(part, "mime_type"), Said.Json.text(part, "filename"));
                yield new Said.Content(type, Said.Json.text(part, "caption"), null, media, null, List.of(), null);
            }
            case "location" ->
                new Said.Content(
                        "location",
                        null,
                        null,
                        null,
                        new Said.Place(
                                part.path("latitude").asDouble(0),
                                part.path("longitude").asDouble(0),
                                Said.Json.text(part, "name"),
                                Said.Json.text(part, "address")),
                        List.of(),
                        null);
            case "contacts" -> new Said.Content("contact", null, null, null, null, cards(part), null);
            case "button" -> Said.Content.chosen(Said.Json.text(part, "payload"), Said.Json.text(part, "text"));
            case "interactive" -> {
                var reply = part.path(part.path("type").asString("")); // button_reply or list_reply
                yield Said.Content.chosen(Said.Json.text(reply, "id"), Said.Json.text(reply, "title"));
            }
            case "reaction" ->
                new Said.Content(
                        "reaction",
                        Said.Json.text(part, "emoji"),
                        Said.Json.text(part, "message_id"),
                        null,
                        null,
                        List.of(),
                        null);
            default -> Said.Content.text("other", null);
        };
    }

    private static List<Said.Card> cards(JsonNode contacts) {
        var cards = new ArrayList<Said.Card>();
        for (var contact : contacts) {
            var phones = new ArrayList<String>();
            for (var phone : contact.path("phones")) {
                var known = Said.Json.text(phone, "wa_id");
                var e164 = Phone.e164(known == null ? Said.Json.text(phone, "phone") : known);
                if (e164 != null) {
                    phones.add(e164);
                }
            }
            cards.add(new Said.Card(String.valueOf(Said.Json.text(contact.at("/name/formatted_name"))), phones));
        }
        return cards;
    }
}
