package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as the gateway sees it at this moment.
 *
 * @param cause a code of the closed set shared with the gateway
 * @param platform the phone's system as the network tells it, for example {@code android}
 * @param otherPhone the number that was scanned with instead of the remembered one; null when there is none
 * @param qr what to scan; a credential that is shown once and never stored or logged
 * @param pairingCode what to type into the phone instead; a credential like the QR code
 */
record LineStatus(
        UUID lineId,
        LineState state,
        String cause,
        @Nullable Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String phone,
        @Nullable String profileName,
        @Nullable String platform,
        @Nullable String otherPhone,
        @Nullable Credential qr,
        @Nullable Credential pairingCode) {

    /** Whoever scans or types it before it expires links a number to the line. */
    record Credential(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Credential[expiresAt=" + expiresAt + "]";
        }
    }

    @Override
    public String toString() {
        return "LineStatus[lineId=" + lineId + ", state=" + state + ", cause=" + cause + "]";
    }
}
