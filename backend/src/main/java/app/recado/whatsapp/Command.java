package app.recado.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * One message to be sent.
 *
 * @param providerMessageId the id it will have at WhatsApp, chosen by us so that receipts and echoes find it
 * @param to E.164 with a leading plus
 * @param notAfter it must not be sent later than this
 */
public record Command(UUID lineId, UUID messageId, String providerMessageId, String to, String text, Instant notAfter) {

    /** Tells two messages under one id apart: lower-case hex SHA-256 of id, number and text. */
    public String hash() {
        try {
            var content = providerMessageId + "\n" + to + "\n" + text;
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** Number and text belong to a patient: never printed. */
    @Override
    public String toString() {
        return "Command[lineId=" + lineId + ", messageId=" + messageId + ", notAfter=" + notAfter + "]";
    }
}
