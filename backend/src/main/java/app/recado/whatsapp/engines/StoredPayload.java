package app.recado.whatsapp.engines;

import app.recado.whatsapp.Payload;
import java.util.Map;

/** A command's content as it is kept until it has left. */
final class StoredPayload {

    private StoredPayload() {}

    private record Form(String kind, Object content) {}

    static String write(Payload payload) {
        return LineCredentials.Codec.text(new Form(payload.getClass().getSimpleName(), payload));
    }

    private static final Map<String, Class<? extends Payload>> KINDS = Map.of(
            "Text", Payload.Text.class,
            "Image", Payload.Image.class,
            "Document", Payload.Document.class,
            "Location", Payload.Location.class,
            "Contact", Payload.Contact.class,
            "Template", Payload.Template.class);

    /** @throws IllegalStateException when a newer version wrote it */
    static Payload read(String stored) {
        var json = LineCredentials.Codec.tree(stored.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var kind = KINDS.get(json.path("kind").asString(""));
        if (kind == null) {
            throw new IllegalStateException("A payload of a kind this version does not know");
        }
        return LineCredentials.Codec.value(json.path("content"), kind);
    }

    static Payload.@org.jspecify.annotations.Nullable MediaRef mediaOf(Payload payload) {
        return switch (payload) {
            case Payload.Image image -> image.media();
            case Payload.Document document -> document.media();
            default -> null;
        };
    }
}
