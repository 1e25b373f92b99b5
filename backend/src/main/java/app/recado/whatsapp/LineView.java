package app.recado.whatsapp;

import app.recado.kernel.Versioned;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as the console shows it.
 *
 * @param cause why it is in that state: {@code none, never-started, stopped-here, logged-out-here, logged-out-on-phone,
 *     device-removed, qr-expired, network, server-restart, server-unavailable, timed-out, opened-elsewhere, banned,
 *     client-outdated, credentials-unreadable, network-mismatch, wrong-number}
 * @param since when it got into that state; null for a line never started
 * @param nextAttemptAt when it tries to reconnect; null when it does not
 * @param phone the clinic's own number in E.164; null until it was linked once
 * @param gatewayReachable false when this is the last known state because the gateway does not answer
 * @param qr what to scan, for owners and receptionists while pairing; null otherwise and in lists
 * @param waitingMessages messages that are due and have not left
 */
record LineView(
        UUID id,
        String name,
        LineState state,
        String cause,
        @Nullable Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String phone,
        @Nullable String profileName,
        boolean gatewayReachable,
        @Nullable QrView qr,
        int waitingMessages,
        long version)
        implements Versioned {

    /**
     * A code to scan with the clinic's phone.
     *
     * @param value the text to draw as a QR code: a credential, never to be kept
     * @param expiresAt another one follows then
     */
    record QrView(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "QrView[expiresAt=" + expiresAt + "]";
        }
    }
}
