package app.recado.engines.cloudapi;

import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.NativeFlow;
import app.recado.engines.provider.Phone;
import app.recado.engines.provider.ProviderEvent;
import app.recado.engines.provider.UserIds;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived.Chat;
import app.recado.whatsapp.InboundReceived.ContactCard;
import app.recado.whatsapp.InboundReceived.Content;
import app.recado.whatsapp.InboundReceived.IdentityChange;
import app.recado.whatsapp.InboundReceived.Location;
import app.recado.whatsapp.InboundReceived.Sender;
import app.recado.whatsapp.MessageStatusReported.Charge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the Cloud API delivers. What it does not know is told as a message of kind {@code other}, never dropped.
 * People may hide their number: then the platform names them by a business-scoped user id alone.
 */
final class CloudApiWebhook {

    private static final Set<String> FIELDS = Set.of("messages", "calls", "user_preferences");
    private static final Set<String> FILES = Set.of("image", "audio", "video", "document", "sticker");
    private static final String USER_INITIATED = "USER_INITIATED";

    private CloudApiWebhook() {}

    /** What a delivery says of this line, and how many of its parts were about another account or number. */
    record Reading(List<ProviderEvent> said, int notOurs) {}

    /** @param now stands in for a time the platform does not tell */
    static Reading read(UUID lineId, LineCredentials.CloudApi line, JsonNode delivery, Instant now) {
        var said = new ArrayList<ProviderEvent>();
        int notOurs = 0;
        for (var entry : delivery.path("entry")) {
            boolean account = line.businessAccountId().equals(ProviderEvent.Json.text(entry, "id"));
            for (var change : entry.path("changes")) {
                var field = change.path("field").asString("");
                if (!FIELDS.contains(field) && !CloudApiTemplates.FIELDS.contains(field)) {
                    continue;
                }
                var value = change.path("value");
                if (CloudApiTemplates.FIELDS.contains(field)) {
                    // Templates are the account's: these tell no number.
                    if (account) {
                        CloudApiTemplates.told(field, value, entry.path("time"), now)
                                .ifPresent(said::add);
                    } else {
                        notOurs++;
                    }
                    continue;
                }
                var number = ProviderEvent.Json.text(value.at("/metadata/phone_number_id"));
                if (!account || !line.phoneNumberId().equals(number)) {
                    notOurs++;
                    continue;
                }
                value.path("user_preferences").forEach(preference -> preference(preference, now, said));
                value.path("statuses").forEach(status -> status(status, said));
                value.path("messages").forEach(message -> message(lineId, message, value, now, said));
                value.path("calls").forEach(call -> call(lineId, call, value, now, said));
            }
        }
        return new Reading(List.copyOf(said), notOurs);
    }

    /** People tell the platform whether they want a business's marketing. Nothing else is a preference yet. */
    private static void preference(JsonNode preference, Instant now, List<ProviderEvent> said) {
        var phone = Phone.e164(ProviderEvent.Json.text(preference, "wa_id"));
        var value = String.valueOf(ProviderEvent.Json.text(preference, "value"));
        if (phone != null
                && "marketing_messages".equals(ProviderEvent.Json.text(preference, "category"))
                && List.of("stop", "resume").contains(value)) {
            var at = ProviderEvent.Json.seconds(preference.path("timestamp"));
            said.add(new ProviderEvent.MarketingPreference(phone, value.equals("resume"), at == null ? now : at));
        }
    }

    private static void status(JsonNode status, List<ProviderEvent> said) {
        var id = ProviderEvent.Json.text(status, "id");
        var state = ProviderEvent.Json.text(status, "status");
        if (id == null
                || state == null
                || !List.of("sent", "delivered", "read", "failed").contains(state)) {
            return;
        }
        var code = status.at("/errors/0/code");
        said.add(new ProviderEvent.Status(
                id,
                uuid(ProviderEvent.Json.text(status, "biz_opaque_callback_data")),
                state,
                state.equals("failed") ? (code.isInt() ? String.valueOf(code.asInt()) : "") : null,
                ProviderEvent.Json.seconds(status.path("timestamp")),
                charge(status.path("pricing"))));
        var ids = ids(
                ProviderEvent.Json.text(status, "recipient_id"),
                ProviderEvent.Json.text(status, "recipient_user_id"),
                status);
        if (ids.phone() != null && ids.userId() != null) {
            said.add(new ProviderEvent.Identity(ids));
        }
    }

    /** Since July 2025 each delivered message is billed by its category; before, conversations were. */
    private static @Nullable Charge charge(JsonNode pricing) {
        var category = ProviderEvent.Json.text(pricing, "category");
        return category == null
                ? null
                : new Charge(category, pricing.path("billable").asBoolean(true));
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Who somebody is.
     *
     * @param from a phone's digits, or a user id where the platform puts one in its place; null when it tells none
     * @param value what holds the platform's cards of everybody it names, which tell what belongs together
     */
    private static ContactIds ids(@Nullable String from, @Nullable String userId, JsonNode value) {
        var phone = Phone.e164(from);
        var user = UserIds.of(userId) == null ? UserIds.of(from) : UserIds.of(userId);
        for (var card : value.path("contacts")) {
            var cardPhone = Phone.e164(ProviderEvent.Json.text(card, "wa_id"));
            var cardUser = UserIds.of(ProviderEvent.Json.text(card, "user_id"));
            boolean same = cardPhone != null && cardPhone.equals(phone) || cardUser != null && cardUser.equals(user);
            if (same) {
                phone = phone == null ? cardPhone : phone;
                user = user == null ? cardUser : user;
            }
        }
        return new ContactIds(phone, null, user, null);
    }

    private static @Nullable String name(ContactIds ids, JsonNode value) {
        for (var card : value.path("contacts")) {
            var phone = Phone.e164(ProviderEvent.Json.text(card, "wa_id"));
            var user = ProviderEvent.Json.text(card, "user_id");
            if (phone != null && phone.equals(ids.phone()) || user != null && user.equals(ids.userId())) {
                return ProviderEvent.Json.text(card.at("/profile/name"));
            }
        }
        return null;
    }

    private static void message(UUID lineId, JsonNode message, JsonNode value, Instant now, List<ProviderEvent> said) {
        var id = ProviderEvent.Json.text(message, "id");
        var type = String.valueOf(ProviderEvent.Json.text(message, "type"));
        var content = type.equals("system") ? change(message.path("system")) : content(type, message);
        if (id == null || content == null) {
            return;
        }
        var from = ProviderEvent.Json.text(message, "from");
        var userId = ProviderEvent.Json.text(message, "from_user_id");
        var ids = content.change() == null ? ids(from, userId, value) : before(from, userId, message.path("system"));
        var group = ProviderEvent.Json.text(message, "group_id");
        if (ids.nobody() && group == null && content.change() == null) {
            return;
        }
        var at = ProviderEvent.Json.seconds(message.path("timestamp"));
        var written = ProviderEvent.Message.of(
                lineId,
                id,
                group == null
                        ? new Chat("direct", from == null ? ids.key() : from, ids)
                        : new Chat("group", group, ContactIds.NONE),
                new Sender(ids, name(ids, value)),
                false,
                at == null ? now : at,
                content.quotedProviderMessageId() == null
                        ? content.quoting(ProviderEvent.Json.text(message.at("/context/id")))
                        : content);
        var part = message.path(type);
        said.add(
                FILES.contains(type)
                        ? written.holding(
                                ProviderEvent.Json.text(part, "id"),
                                ProviderEvent.Json.text(part, "mime_type"),
                                ProviderEvent.Json.text(part, "filename"))
                        : written);
    }

    /** Null for what nobody wrote. */
    private static @Nullable Content content(String type, JsonNode message) {
        var part = message.path(type);
        return switch (type) {
            case "text" -> Content.of("text", ProviderEvent.Json.text(part, "body"));
            case "image", "audio", "video", "document", "sticker" ->
                Content.of(type, ProviderEvent.Json.text(part, "caption"));
            case "location" ->
                Content.of("location", null)
                        .with(new Location(
                                part.path("latitude").asDouble(0),
                                part.path("longitude").asDouble(0),
                                ProviderEvent.Json.text(part, "name"),
                                ProviderEvent.Json.text(part, "address")));
            case "contacts" -> Content.of("contact", null).with(cards(part));
            case "button" ->
                Content.chosen(ProviderEvent.Json.text(part, "payload"), ProviderEvent.Json.text(part, "text"));
            case "interactive" -> interactive(part);
            case "reaction" ->
                Content.about(
                        "reaction",
                        ProviderEvent.Json.text(part, "emoji"),
                        ProviderEvent.Json.text(part, "message_id"));
            case "edit" -> edit(part);
            case "revoke" -> Content.about("delete", null, ProviderEvent.Json.text(part, "original_message_id"));
            case "unsupported", "unknown" -> Content.unavailable("not-supported");
            case "request_welcome" -> null; // somebody opened the chat for the first time
            default -> Content.of("other", null);
        };
    }

    private static List<ContactCard> cards(JsonNode contacts) {
        var cards = new ArrayList<ContactCard>();
        for (var contact : contacts) {
            var phones = new ArrayList<String>();
            for (var phone : contact.path("phones")) {
                var known = ProviderEvent.Json.text(phone, "wa_id");
                var e164 = Phone.e164(known == null ? ProviderEvent.Json.text(phone, "phone") : known);
                if (e164 != null) {
                    phones.add(e164);
                }
            }
            cards.add(new ContactCard(
                    String.valueOf(ProviderEvent.Json.text(contact.at("/name/formatted_name"))), phones));
        }
        return cards;
    }

    private static Content interactive(JsonNode part) {
        var kind = part.path("type").asString("");
        var reply = part.path(kind); // button_reply, list_reply or nfm_reply
        return kind.equals("nfm_reply")
                ? NativeFlow.content(
                        ProviderEvent.Json.text(reply, "response_json"), ProviderEvent.Json.text(reply, "body"))
                : Content.chosen(ProviderEvent.Json.text(reply, "id"), ProviderEvent.Json.text(reply, "title"));
    }

    private static Content edit(JsonNode edit) {
        var message = edit.path("message");
        var content = content(String.valueOf(ProviderEvent.Json.text(message, "type")), message);
        return Content.about(
                        "edit",
                        content == null ? null : content.text(),
                        ProviderEvent.Json.text(edit, "original_message_id"))
                .quoting(ProviderEvent.Json.text(message.at("/context/id")));
    }

    /** Null when only a security code changed. */
    private static @Nullable Content change(JsonNode system) {
        var type = ProviderEvent.Json.text(system, "type");
        if (type == null || !type.matches("(user|customer)_changed_(number|user_id)")) {
            return type != null && type.endsWith("_identity_changed") ? null : Content.of("other", null);
        }
        var phone = ProviderEvent.Json.text(system, "wa_id");
        return Content.changed(new IdentityChange(new ContactIds(
                Phone.e164(phone == null ? ProviderEvent.Json.text(system, "new_wa_id") : phone),
                null,
                UserIds.of(ProviderEvent.Json.text(system, "user_id")),
                null)));
    }

    /** Who somebody was before they changed; the platform names the sender by the new id where there is no old phone. */
    private static ContactIds before(@Nullable String from, @Nullable String userId, JsonNode system) {
        var previous = UserIds.of(ProviderEvent.Json.text(system, "previous_user_id"));
        boolean isNew = userId != null && userId.equals(ProviderEvent.Json.text(system, "user_id"));
        return new ContactIds(Phone.e164(from), null, previous == null && !isNew ? UserIds.of(userId) : previous, null);
    }

    /** A call that is over; while it rings nobody knows what becomes of it. */
    private static void call(UUID lineId, JsonNode call, JsonNode value, Instant now, List<ProviderEvent> said) {
        var id = ProviderEvent.Json.text(call, "id");
        boolean over = "terminate".equals(ProviderEvent.Json.text(call, "event"));
        var ids = ids(ProviderEvent.Json.text(call, "from"), ProviderEvent.Json.text(call, "from_user_id"), value);
        if (id == null || !over || !USER_INITIATED.equals(ProviderEvent.Json.text(call, "direction")) || ids.nobody()) {
            return;
        }
        var began = ProviderEvent.Json.seconds(call.path("start_time"));
        var ended = ProviderEvent.Json.seconds(call.path("timestamp"));
        boolean missed = call.path("duration").asInt(0) == 0;
        said.add(ProviderEvent.Message.of(
                lineId,
                id,
                new Chat("direct", ids.key(), ids),
                new Sender(ids, name(ids, value)),
                false,
                began != null ? began : ended != null ? ended : now,
                Content.called(false, missed)));
    }
}
