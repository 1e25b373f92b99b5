package app.recado.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Phone numbers as people type them, turned into the one E.164 form under which WhatsApp knows them. */
public final class Phones {

    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> MAYBE_MOBILE =
            EnumSet.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private Phones() {}

    /**
     * Parses what was typed for a clinic's country.
     *
     * <p>Argentine mobiles are dialled {@code 011 15-2345-6789} at home and {@code +54 9 11 2345-6789} from abroad;
     * WhatsApp knows the latter. Mexico dropped the {@code 1} after {@code +52} in 2019, yet many address books keep
     * it; it is removed.
     *
     * @return E.164 with a leading plus, or empty when it is no possible number
     */
    public static Optional<String> parse(String typed, String country) {
        try {
            var cleaned = typed.strip().replaceFirst("^\\+\\s*52\\s*1(?=[\\s-]*\\d{2,3}[\\s-]*\\d)", "+52 ");
            var number = UTIL.parse(cleaned, country);
            if (!UTIL.isValidNumber(number)) {
                return Optional.empty();
            }
            return Optional.of(UTIL.format(number, PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** The way people of that country write the number; foreign numbers keep their country code. */
    public static String national(String e164, String country) {
        try {
            PhoneNumber number = UTIL.parse(e164, country);
            boolean home = UTIL.getRegionCodeForNumber(number) instanceof String region && region.equals(country);
            return UTIL.format(number, home ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException e) {
            return e164;
        }
    }

    /** False for numbers that are certainly land lines or services: WhatsApp cannot be expected there. */
    public static boolean mayHaveWhatsApp(String e164) {
        try {
            return MAYBE_MOBILE.contains(UTIL.getNumberType(UTIL.parse(e164, "ZZ")));
        } catch (NumberParseException e) {
            return false;
        }
    }
}
