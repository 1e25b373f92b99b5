package app.recado.whatsapp;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of media that somebody sent. Heard inside the transaction that stores the engine's report.
 *
 * @param mediaId the id with which the message announced it
 * @param state {@code stored}, {@code too-large}, {@code refused} (of a kind that is not kept) or {@code unavailable}
 *     (the network no longer has it)
 * @param key where it lies in the media store; null unless stored
 * @param contentType found by its content; null when it was not looked into
 * @param size bytes; null when unknown
 * @param sha256 lower-case hexadecimal; null unless stored
 */
public record MediaFetched(
        UUID lineId,
        UUID mediaId,
        String state,
        @Nullable String key,
        @Nullable String contentType,
        @Nullable Long size,
        @Nullable String sha256) {}
