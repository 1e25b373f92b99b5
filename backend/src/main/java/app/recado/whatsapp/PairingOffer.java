package app.recado.whatsapp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a line offers to be linked with at this moment. Credentials: shown to those who may pair, never kept in plain or
 * logged.
 *
 * @param qr the text to draw as a QR code; null when none is on offer
 * @param pairingCode what to type into the phone instead; null when none is on offer
 */
public record PairingOffer(@Nullable Code qr, @Nullable Code pairingCode) {

    public static final PairingOffer NONE = new PairingOffer(null, null);

    /** Whoever scans or types it before it expires links a number to the line. */
    public record Code(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Code[expiresAt=" + expiresAt + "]";
        }
    }
}
