package app.recado.whatsapp;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as the console shows it.
 *
 * @param cause why it is in that state
 * @param since when it got into that state; null for a line never started
 * @param nextAttemptAt when it tries to reconnect; null when it does not
 * @param engine how it reaches WhatsApp
 * @param capabilities what the engine can do
 * @param defaultLine messages leave on it unless another is chosen; one line of a clinic is
 * @param typing whether it shows "typing" and pauses like a person before each message
 * @param phone the clinic's own number in E.164; null until it was linked once
 * @param platform the phone's system, for example {@code android}; null when unknown
 * @param otherPhone the number that was scanned with instead of the line's own; null when there is none
 * @param gatewayReachable false when this is the last known state because the gateway does not answer
 * @param qr what to scan, for owners and receptionists while pairing; null otherwise and in lists
 * @param pairingCode what to type into the phone, for owners and receptionists while pairing; null otherwise and in lists
 * @param waitingMessages messages that are due and have not left
 * @param warmUp how much its new number may be used for campaigns; null once nothing is held back
 */
record LineView(
        UUID id,
        String name,
        LineEngineKind engine,
        Capabilities capabilities,
        boolean defaultLine,
        boolean typing,
        LineState state,
        @Schema(implementation = LineCause.class) String cause,
        @Nullable Instant since,
        @Nullable Instant nextAttemptAt,
        @Nullable String phone,
        @Nullable String profileName,
        @Nullable String platform,
        @Nullable String otherPhone,
        boolean gatewayReachable,
        @Nullable QrView qr,
        @Nullable PairingCodeView pairingCode,
        int waitingMessages,
        @Nullable WarmUp warmUp,
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

    /**
     * A code to type into the clinic's phone.
     *
     * @param value eight letters and digits: a credential, never to be kept
     * @param expiresAt it works until then
     */
    record PairingCodeView(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "PairingCodeView[expiresAt=" + expiresAt + "]";
        }
    }
}
