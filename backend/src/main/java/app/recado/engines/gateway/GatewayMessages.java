package app.recado.engines.gateway;

import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads messages as the gateway tells them; {@code docs/gateway-protocol.md} says what each field means. */
final class GatewayMessages {

    /** Before there was a field of its own for it, these named what they are about as a quote. */
    private static final Set<String> ABOUT_ANOTHER = Set.of("reaction", "edit", "delete");

    private GatewayMessages() {}

    static InboundReceived read(UUID lineId, UUID eventId, JsonNode data) {
        var chat = data.path("chat");
        var sender = data.path("sender");
        var chatKind = GatewayJson.text(chat, "kind");
        var chatId = GatewayJson.text(chat, "id");
        return new InboundReceived(
                eventId,
                lineId,
                GatewayJson.text(data, "providerMessageId"),
                new InboundReceived.Chat(
                        chatKind, chatId, chatKind.equals("direct") ? ids(chat, chatId) : ContactIds.NONE),
                new InboundReceived.Sender(ids(sender, null), GatewayJson.optionalText(sender, "name")),
                data.path("fromMe").asBoolean(false),
                GatewayJson.instant(data, "sentAt"),
                data.path("offline").asBoolean(false) || data.path("history").asBoolean(false),
                content(data));
    }

    /** @param address the network's own, which is somebody's only name when they have neither phone nor LID */
    private static ContactIds ids(JsonNode node, @Nullable String address) {
        var phone = GatewayJson.optionalText(node, "phone");
        var lid = GatewayJson.optionalText(node, "lid");
        boolean nameless = phone == null && lid == null && address != null && address.contains("@");
        return new ContactIds(phone, lid, null, nameless ? address : null);
    }

    private static InboundReceived.Content content(JsonNode data) {
        var kind = GatewayJson.text(data, "kind");
        var quoted = GatewayJson.optionalText(data, "quotedProviderMessageId");
        var target = GatewayJson.optionalText(data, "targetProviderMessageId");
        boolean old = target == null && ABOUT_ANOTHER.contains(kind);
        return new InboundReceived.Content(
                kind,
                GatewayJson.optionalText(data, "text"),
                old ? quoted : target,
                old ? null : quoted,
                media(data.path("media")),
                location(data.path("location")),
                contacts(data.path("contacts")),
                choice(data.path("choice")),
                call(data.path("call")),
                stub(data.path("stub")),
                null);
    }

    private static InboundReceived.@Nullable Call call(JsonNode node) {
        return node.isObject()
                ? new InboundReceived.Call(
                        node.path("video").asBoolean(false), node.path("missed").asBoolean(true))
                : null;
    }

    private static InboundReceived.@Nullable Stub stub(JsonNode node) {
        return GatewayJson.optionalText(node, "reason") instanceof String reason
                ? new InboundReceived.Stub(reason)
                : null;
    }

    private static InboundReceived.@Nullable Choice choice(JsonNode node) {
        return GatewayJson.optionalText(node, "id") instanceof String id ? new InboundReceived.Choice(id) : null;
    }

    private static InboundReceived.@Nullable IncomingMedia media(JsonNode node) {
        return node.isObject()
                ? new InboundReceived.IncomingMedia(
                        GatewayJson.id(node, "id"),
                        GatewayJson.text(node, "kind"),
                        GatewayJson.optionalText(node, "contentType"),
                        GatewayJson.optionalLong(node, "size"),
                        GatewayJson.optionalText(node, "fileName"))
                : null;
    }

    private static InboundReceived.@Nullable Location location(JsonNode node) {
        return node.path("latitude").isNumber() && node.path("longitude").isNumber()
                ? new InboundReceived.Location(
                        node.path("latitude").asDouble(),
                        node.path("longitude").asDouble(),
                        GatewayJson.optionalText(node, "name"),
                        GatewayJson.optionalText(node, "address"))
                : null;
    }

    private static List<InboundReceived.ContactCard> contacts(JsonNode node) {
        return node.valueStream()
                .map(card -> new InboundReceived.ContactCard(
                        GatewayJson.text(card, "name"),
                        card.path("phones")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()))
                .toList();
    }
}
