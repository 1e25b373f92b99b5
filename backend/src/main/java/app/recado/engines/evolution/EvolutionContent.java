package app.recado.engines.evolution;

import app.recado.engines.provider.NativeFlow;
import app.recado.engines.provider.ProviderEvent;
import app.recado.whatsapp.InboundReceived.Content;
import app.recado.whatsapp.InboundReceived.Location;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a message of the linked-device protocol as an Evolution server passes it on: in whatever wrapper it comes, and
 * without what nobody wrote.
 */
final class EvolutionContent {

    private static final List<String> FILES = List.of("image", "audio", "video", "document", "sticker");

    /** Parts without a person's words in them: the protocol talking to itself, pins, headers of albums, votes. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "messageContextInfo",
            "senderKeyDistributionMessage",
            "fastRatchetKeySenderKeyDistributionMessage",
            "protocolMessage",
            "pinInChatMessage",
            "keepInChatMessage",
            "albumMessage",
            "pollUpdateMessage",
            "encReactionMessage",
            "encEventResponseMessage",
            "messageHistoryNotice",
            "deviceSentMessage",
            "speechToText",
            "mediaUrl",
            "base64");

    private static final Map<String, String> WORDS_OF = Map.of(
            "buttonsMessage", "/contentText",
            "listMessage", "/description",
            "interactiveMessage", "/body/text",
            "templateMessage", "/hydratedTemplate/hydratedContentText",
            "pollCreationMessage", "/name",
            "pollCreationMessageV3", "/name",
            "groupInviteMessage", "/caption",
            "eventMessage", "/name");

    private EvolutionContent() {}

    /** @param data a message with its key
     * @return null for what nobody wrote */
    static @Nullable Content of(JsonNode data) {
        var message = unwrapped(data.path("message"));
        if (message.isEmpty()) {
            return ofStub(data.path("messageStubType"));
        }
        if (message.has("protocolMessage")) {
            return ofProtocol(message.path("protocolMessage"));
        }
        var content = content(message);
        return content == null || content.targetProviderMessageId() != null
                ? content
                : content.quoting(quoted(data, message));
    }

    /** An edit or a deletion; null for anything else the protocol says to itself. */
    static @Nullable Content ofProtocol(JsonNode protocol) {
        var target = ProviderEvent.Json.text(protocol.at("/key/id"));
        if (target == null) {
            return null;
        }
        if (protocol.path("editedMessage").isObject()) {
            var edited = content(unwrapped(protocol.path("editedMessage")));
            return Content.about("edit", edited == null ? null : edited.text(), target);
        }
        var type = protocol.path("type");
        boolean revoked = type.isMissingNode() || type.isNull() || "REVOKE".equals(type.asString("")) || isZero(type);
        return revoked ? Content.about("delete", null, target) : null;
    }

    private static boolean isZero(JsonNode type) {
        return type.isInt() && type.asInt() == 0;
    }

    /** What the library itself writes where a message should be. */
    private static @Nullable Content ofStub(JsonNode type) {
        return switch (type.isInt() ? String.valueOf(type.asInt()) : type.asString("")) {
            case "2", "CIPHERTEXT" -> Content.unavailable("not-decrypted");
            case "40", "CALL_MISSED_VOICE" -> Content.called(false, true);
            case "41", "CALL_MISSED_VIDEO" -> Content.called(true, true);
            default -> null;
        };
    }

    /** Ephemeral, view-once, edited, sent by another device, with a caption: all of these hold a whole message. */
    private static JsonNode unwrapped(JsonNode message) {
        var current = message;
        for (int depth = 0; depth < 6; depth++) {
            JsonNode inner = null;
            for (var part : current.properties()) {
                var held = part.getValue().path("message");
                boolean wraps = !part.getKey().equals("protocolMessage") && held.isObject() && !held.isEmpty();
                inner = wraps ? held : inner;
            }
            if (inner == null) {
                return current;
            }
            current = inner;
        }
        return current;
    }

    private static @Nullable String quoted(JsonNode data, JsonNode message) {
        var outside = ProviderEvent.Json.text(data.at("/contextInfo/stanzaId"));
        if (outside != null) {
            return outside;
        }
        for (var part : message) {
            if (ProviderEvent.Json.text(part.at("/contextInfo/stanzaId")) instanceof String inside) {
                return inside;
            }
        }
        return null;
    }

    private static @Nullable Content content(JsonNode message) {
        if (message.has("conversation")) {
            return Content.of("text", ProviderEvent.Json.text(message, "conversation"));
        }
        if (message.has("extendedTextMessage")) {
            return Content.of("text", ProviderEvent.Json.text(message.at("/extendedTextMessage/text")));
        }
        for (var kind : FILES) {
            if (message.path(kind + "Message").isObject()) {
                return Content.of(kind, ProviderEvent.Json.text(message.path(kind + "Message"), "caption"));
            }
        }
        for (var part : message.properties()) {
            var content = part(part.getKey(), part.getValue());
            if (content != null) {
                return content;
            }
        }
        boolean said = message.properties().stream().anyMatch(part -> !NOT_WRITTEN.contains(part.getKey()));
        return said ? Content.of("other", null) : null;
    }

    private static @Nullable Content part(String name, JsonNode part) {
        return switch (name) {
            case "ptvMessage" -> Content.of("video", null);
            case "lottieStickerMessage" -> Content.of("sticker", null);
            case "locationMessage", "liveLocationMessage" ->
                Content.of("location", ProviderEvent.Json.text(part, "caption"))
                        .with(new Location(
                                part.path("degreesLatitude").asDouble(0),
                                part.path("degreesLongitude").asDouble(0),
                                ProviderEvent.Json.text(part, "name"),
                                ProviderEvent.Json.text(part, "address")));
            case "contactMessage" -> Content.of("contact", null).with(Vcards.cards(List.of(part)));
            case "contactsArrayMessage" ->
                Content.of("contact", null)
                        .with(Vcards.cards(part.path("contacts").valueStream().toList()));
            case "reactionMessage" ->
                Content.about(
                        "reaction", ProviderEvent.Json.text(part, "text"), ProviderEvent.Json.text(part.at("/key/id")));
            case "buttonsResponseMessage" ->
                Content.chosen(
                        ProviderEvent.Json.text(part, "selectedButtonId"),
                        ProviderEvent.Json.text(part, "selectedDisplayText"));
            case "templateButtonReplyMessage" ->
                Content.chosen(
                        ProviderEvent.Json.text(part, "selectedId"),
                        ProviderEvent.Json.text(part, "selectedDisplayText"));
            case "listResponseMessage" ->
                Content.chosen(
                        ProviderEvent.Json.text(part.at("/singleSelectReply/selectedRowId")),
                        ProviderEvent.Json.text(part, "title"));
            case "interactiveResponseMessage" -> NativeFlow.content(part);
            case "callLogMesssage", "callLogMessage" -> called(part);
            case "placeholderMessage" -> Content.unavailable("not-sent");
            case "secretEncryptedMessage" -> Content.unavailable("not-decrypted");
            default ->
                WORDS_OF.get(name) instanceof String pointer
                                && ProviderEvent.Json.text(part.at(pointer)) instanceof String words
                        ? Content.of("text", words)
                        : null;
        };
    }

    private static Content called(JsonNode log) {
        var outcome = log.path("callOutcome");
        boolean taken = "CONNECTED".equals(outcome.asString("")) || isZero(outcome);
        return Content.called(log.path("isVideo").asBoolean(false), !taken);
    }

    /** The part of a message that is a file, and describes it; null when it holds none. */
    static @Nullable JsonNode file(JsonNode wrapped) {
        var message = unwrapped(wrapped);
        for (var kind : List.of("image", "audio", "video", "document", "sticker", "ptv")) {
            var part = message.path(kind + "Message");
            if (part.isObject()) {
                return part;
            }
        }
        return null;
    }

    static @Nullable Instant milliseconds(JsonNode value) {
        var text = value.isNumber() || value.isString() ? value.asString() : "";
        return text.matches("\\d{12,14}") ? Instant.ofEpochMilli(Long.parseLong(text)) : null;
    }

    static @Nullable Instant date(JsonNode value) {
        try {
            return value.isString() ? Instant.parse(value.asString()) : ProviderEvent.Json.seconds(value);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
