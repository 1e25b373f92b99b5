package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine says how far a message came. Reports of one message may arrive in any order, and again. Heard inside the
 * transaction that stores the gateway's event.
 *
 * @param reason a code of the closed set shared with the gateway, for example {@code not-on-whatsapp}; null when the
 *     state needs none
 * @param at when it came that far
 */
public record MessageStatusReported(
        UUID lineId,
        UUID messageId,
        String providerMessageId,
        CommandState state,
        @Nullable String reason,
        Instant at) {}
