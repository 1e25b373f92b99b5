package app.recado.engines.provider;

import app.recado.kernel.Phones;
import org.jspecify.annotations.Nullable;

/** Numbers as providers spell them. */
public final class Phone {

    private Phone() {}

    /**
     * E.164 from a WhatsApp id, an address such as {@code whatsapp:+549…} or a JID; null when it names no phone.
     *
     * <p>In the one form in which people are kept, however the network spells them ({@link Phones#canonical}).
     */
    public static @Nullable String e164(@Nullable String spelled) {
        if (spelled == null) {
            return null;
        }
        var digits = spelled.replaceFirst("^whatsapp:", "")
                .replaceFirst("@(s\\.whatsapp\\.net|c\\.us)$", "")
                .replaceFirst("(?<=\\d):\\d+$", "")
                .replaceFirst("^\\+", "")
                .replaceAll("[\\s()-]", "");
        if (!digits.matches("[1-9]\\d{6,14}")) {
            return null;
        }
        return Phones.canonical("+" + digits);
    }

    /** E.164 without the plus. */
    public static String digits(String e164) {
        return e164.startsWith("+") ? e164.substring(1) : e164;
    }
}
