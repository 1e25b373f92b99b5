package app.recado.engines.gateway;

import app.recado.whatsapp.Command;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.Recipient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A message as it is written to the gateway: the same command always gives the same text, also after a restart. */
final class GatewayCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GatewayCommand() {}

    /** Tells two messages under one id apart: lower-case hex SHA-256 of the id and what is sent to whom. */
    static String hash(Command command) {
        var content = switch (command.payload()) {
            case Payload.Text(String text, Quoted quoting) ->
                command.to() + "\n" + (quoting == null ? text : JSON.writeValueAsString(wire(command)));
            // Not the wire, which has their words alone: two templates may say the same.
            case Payload.Template template -> command.to() + "\n" + JSON.writeValueAsString(template);
            case Payload.Question question -> command.to() + "\n" + JSON.writeValueAsString(question);
            default -> JSON.writeValueAsString(wire(command));
        };
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((command.providerMessageId() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** The payload as the gateway reads it; the same command always gives the same map in the same order. */
    static Map<String, Object> wire(Command command) {
        var wire = new LinkedHashMap<String, Object>();
        wire.put("kind", kind(command.payload()));
        var lid = Recipient.lid(command.to());
        wire.put(lid == null ? "to" : "lid", lid == null ? command.to() : lid);
        switch (command.payload()) {
            case Payload.Text(String text, Quoted quoting) -> {
                wire.put("text", text);
                if (quoting != null) {
                    wire.put("quoting", about(quoting));
                }
            }
            case Payload.Image image -> {
                wire.put("media", media(image.media()));
                put(wire, "text", image.caption());
            }
            case Payload.Document document -> {
                wire.put("media", media(document.media()));
                wire.put("fileName", document.fileName());
                put(wire, "text", document.caption());
            }
            case Payload.Voice voice -> {
                wire.put("media", media(voice.media()));
                wire.put("seconds", voice.seconds());
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
            case Payload.Reaction reaction -> {
                wire.put("target", about(reaction.to()));
                wire.put("text", reaction.text());
            }
        }
        return wire;
    }

    private static String kind(Payload payload) {
        return switch (payload) {
            case Payload.Text text -> "text";
            case Payload.Image image -> "image";
            case Payload.Document document -> "document";
            case Payload.Voice voice -> "voice";
            case Payload.Location place -> "location";
            case Payload.Contact contact -> "contact";
            case Payload.Template template -> "text";
            case Payload.Question question -> "text";
            case Payload.Reaction reaction -> "reaction";
        };
    }

    private static Map<String, Object> about(Quoted quoted) {
        var wire = new LinkedHashMap<String, Object>();
        wire.put("id", quoted.id());
        wire.put("fromMe", quoted.fromMe());
        put(wire, "kind", quoted.kind());
        put(wire, "text", quoted.text());
        return wire;
    }

    private static void put(Map<String, Object> wire, String field, @Nullable String value) {
        if (value != null) {
            wire.put(field, value);
        }
    }

    private static Map<String, Object> media(Payload.MediaRef ref) {
        // In a fixed order: a repetition must be the same text, also after a restart.
        var wire = new LinkedHashMap<String, Object>();
        wire.put("key", ref.key());
        wire.put("contentType", ref.contentType());
        wire.put("size", ref.size());
        wire.put("sha256", ref.sha256());
        return wire;
    }
}
