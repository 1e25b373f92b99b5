package app.recado.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine says how far a message came. Reports of one message may arrive in any order, and again. Heard inside the
 * transaction that stores what the engine delivered.
 *
 * @param messageId ours; null when the engine knows the message by its own id alone
 * @param providerMessageId the id by which the engine speaks of it: ours where it takes ours, else its own
 * @param reason a code of the closed set shared with the gateway, for example {@code not-on-whatsapp}; null when the
 *     state needs none
 * @param at when it came that far
 * @param again for {@code failed}: it was certainly not delivered and may be sent again; null when it may not
 * @param charge what the provider takes it for; null when it does not tell, or takes nothing for any
 */
public record MessageStatusReported(
        UUID lineId,
        @Nullable UUID messageId,
        String providerMessageId,
        CommandState state,
        @Nullable String reason,
        Instant at,
        @Nullable Again again,
        @Nullable Charge charge) {

    /** @param after not before; null for the usual back-off */
    public record Again(@Nullable Duration after) {}

    /**
     * How the provider bills it.
     *
     * @param category its word for what the message is, such as {@code utility}
     * @param billable false for one that it takes nothing for
     */
    public record Charge(String category, boolean billable) {}

    public MessageStatusReported(
            UUID lineId,
            @Nullable UUID messageId,
            String providerMessageId,
            CommandState state,
            @Nullable String reason,
            Instant at) {
        this(lineId, messageId, providerMessageId, state, reason, at, null, null);
    }

    /** Of what failed. */
    public MessageStatusReported(
            UUID lineId,
            @Nullable UUID messageId,
            String providerMessageId,
            CommandState state,
            @Nullable String reason,
            Instant at,
            @Nullable Again again) {
        this(lineId, messageId, providerMessageId, state, reason, at, again, null);
    }
}
