package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says of a line at this moment.
 *
 * @param cause a code of the closed set shared with the gateway
 * @param since since when, by the engine's own clock; null when it does not tell: since it is told
 * @param nextAttemptAt when a line that is {@code reconnecting} is looked at again; null otherwise
 * @param phone E.164; null when it is not told now
 * @param profileName null when it is not told now
 * @param platform the phone's system as the network tells it, for example {@code android}; null when it is not told now
 * @param otherPhone the number that was scanned with instead of the remembered one; null when there is none
 */
public record LineStatus(
        UUID lineId,
        LineState state,
        String cause,
        @Nullable Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String phone,
        @Nullable String profileName,
        @Nullable String platform,
        @Nullable String otherPhone) {

    /** A state from now on, and nothing else. */
    public static LineStatus of(UUID lineId, LineState state, String cause) {
        return new LineStatus(lineId, state, cause, null, null, null, null, null, null);
    }

    @Override
    public String toString() {
        return "LineStatus[lineId=" + lineId + ", state=" + state + ", cause=" + cause + "]";
    }
}
