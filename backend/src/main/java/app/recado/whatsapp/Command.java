package app.recado.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One message to be sent.
 *
 * @param providerMessageId the id it will have at WhatsApp, chosen by us so that receipts and echoes find it; providers
 *     that choose ids themselves keep both
 * @param to whom it is for: see {@link Recipient}
 * @param notAfter it must not be sent later than this
 */
public record Command(
        UUID lineId, UUID messageId, String providerMessageId, String to, Payload payload, Instant notAfter) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Tells two messages under one id apart: lower-case hex SHA-256 of the id and what is sent to whom. */
    public String hash() {
        var content = switch (payload) {
            case Payload.Text(String text) -> to + "\n" + text;
            // Not the wire, which has their words alone: two templates may say the same.
            case Payload.Template template -> to + "\n" + JSON.writeValueAsString(template);
            case Payload.Question question -> to + "\n" + JSON.writeValueAsString(question);
            default -> JSON.writeValueAsString(wire());
        };
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((providerMessageId + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** The payload as the gateway reads it; the same command always gives the same map in the same order. */
    Map<String, Object> wire() {
        var wire = new LinkedHashMap<String, Object>();
        wire.put("kind", kind());
        var lid = Recipient.lid(to);
        wire.put(lid == null ? "to" : "lid", lid == null ? to : lid);
        switch (payload) {
            case Payload.Text(String text) -> wire.put("text", text);
            case Payload.Image image -> {
                wire.put("media", image.media().wire());
                put(wire, "text", image.caption());
            }
            case Payload.Document document -> {
                wire.put("media", document.media().wire());
                wire.put("fileName", document.fileName());
                put(wire, "text", document.caption());
            }
            case Payload.Location place -> {
                wire.put("latitude", place.latitude());
                wire.put("longitude", place.longitude());
                put(wire, "name", place.name());
                put(wire, "address", place.address());
            }
            case Payload.Contact contact -> {
                var card = new LinkedHashMap<String, Object>();
                card.put("name", contact.name());
                card.put("phones", contact.phones());
                wire.put("contact", card);
            }
            // A linked device may write what it likes, so the words themselves are sent.
            case Payload.Template template -> wire.put("text", template.text());
            case Payload.Question question -> wire.put("text", question.text());
        }
        return wire;
    }

    private String kind() {
        return switch (payload) {
            case Payload.Text text -> "text";
            case Payload.Image image -> "image";
            case Payload.Document document -> "document";
            case Payload.Location place -> "location";
            case Payload.Contact contact -> "contact";
            case Payload.Template template -> "text";
            case Payload.Question question -> "text";
        };
    }

    private static void put(Map<String, Object> wire, String field, @Nullable String value) {
        if (value != null) {
            wire.put(field, value);
        }
    }

    /** Number and content belong to a patient: never printed. */
    @Override
    public String toString() {
        return "Command[lineId=" + lineId + ", messageId=" + messageId + ", notAfter=" + notAfter + "]";
    }
}
