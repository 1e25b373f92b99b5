package app.recado.whatsapp;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/** Ids under which WhatsApp knows our messages, chosen here so that receipts and echoes find them. */
public final class ProviderMessageIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private ProviderMessageIds() {}

    /** A new one, of the shape WhatsApp's own web client chooses. */
    public static String next() {
        var bytes = new byte[9];
        RANDOM.nextBytes(bytes);
        return "3EB0" + HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
}
