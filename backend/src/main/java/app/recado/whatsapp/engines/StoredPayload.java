package app.recado.whatsapp.engines;

import app.recado.whatsapp.Payload;
import org.jspecify.annotations.Nullable;

/** A command's content as it is kept until it has left. */
final class StoredPayload {

    private StoredPayload() {}

    static String write(Payload payload) {
        return LineCredentials.Codec.text(payload);
    }

    /** @throws tools.jackson.core.JacksonException when a newer version wrote it */
    static Payload read(String stored) {
        return LineCredentials.Codec.value(stored, Payload.class);
    }

    static Payload.@Nullable MediaRef mediaOf(Payload payload) {
        return switch (payload) {
            case Payload.Image image -> image.media();
            case Payload.Document document -> document.media();
            default -> null;
        };
    }
}
