package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as the gateway sees it at this moment.
 *
 * @param cause a code of the closed set shared with the gateway
 * @param qr what to scan; a credential that is shown once and never stored or logged
 */
record LineStatus(
        UUID lineId,
        LineState state,
        String cause,
        @Nullable Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String phone,
        @Nullable String profileName,
        @Nullable Qr qr) {

    /** Whoever scans it before it expires links the clinic's number. */
    record Qr(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Qr[expiresAt=" + expiresAt + "]";
        }
    }

    @Override
    public String toString() {
        return "LineStatus[lineId=" + lineId + ", state=" + state + ", cause=" + cause + "]";
    }
}
