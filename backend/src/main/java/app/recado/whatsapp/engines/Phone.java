package app.recado.whatsapp.engines;

import org.jspecify.annotations.Nullable;

/** Numbers as providers spell them. */
final class Phone {

    private Phone() {}

    /**
     * E.164 from a WhatsApp id, an address such as {@code whatsapp:+549…} or a JID; null when it names no phone.
     *
     * <p>The network still knows Mexican mobiles with a 1 after the country code and Brazilian ones without the ninth
     * digit; patients are kept the way people dial them today, so both are brought to that form.
     */
    static @Nullable String e164(@Nullable String spelled) {
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
        if (digits.matches("521\\d{10}")) {
            return "+52" + digits.substring(3);
        }
        if (digits.matches("55[1-9]{2}[6-9]\\d{7}")) {
            return "+" + digits.substring(0, 4) + "9" + digits.substring(4);
        }
        return "+" + digits;
    }

    /** E.164 without the plus. */
    static String digits(String e164) {
        return e164.startsWith("+") ? e164.substring(1) : e164;
    }
}
