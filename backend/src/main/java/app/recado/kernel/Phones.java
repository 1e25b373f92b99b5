package app.recado.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers as people type them and as the network spells them, brought to the one E.164 form under which a person is
 * kept, found and matched. The gateway's {@code contacts/phones.ts} follows the same rules for what the network spells;
 * both are tried with the cases of {@code phones.json}. Why these rules: ADR 0016.
 */
public final class Phones {

    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private static final Set<PhoneNumberType> MAYBE_MOBILE =
            EnumSet.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private static final Pattern EXTENSION = Pattern.compile(
            "[\\s,;/(.-]*(?:extensi[oó]n|extens[aã]o|ext|interno|int|anexo|ramal|x|#)[\\s.:#º°]*(\\d{1,8})\\)?\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern BETWEEN_NUMBERS =
            Pattern.compile("[/;,|\\n]|(?<=\\d)\\s*(?=\\+)|\\s+(?:y|o|ó|e|ou|and|or|&)\\s+", Pattern.CASE_INSENSITIVE);
    private static final int DIGITS_OF_A_WHOLE_NUMBER = 7;
    private static final int LONGEST_CALLING_CODE = 3;

    /** Buenos Aires is 11, every other Argentine area code begins with 2 or 3; service numbers (0800) do not. */
    private static final Pattern ARGENTINE_WITHOUT_9 = Pattern.compile("\\+54(11\\d{8}|[23]\\d{9})");

    private static final Pattern ARGENTINE_WITH_9_AND_15 = Pattern.compile("\\+549(\\d{12})");
    /** 044 and 045 (mobile, until 2019), 01 (long distance) and the 1 of address books and of the network. */
    private static final Pattern MEXICAN_WITH_PREFIX = Pattern.compile("\\+52(?:044|045|01|1)(\\d{10})");

    private static final Pattern BRAZILIAN_OF_EIGHT = Pattern.compile("\\+55([1-9]\\d)([6-9]\\d{7})");

    private Phones() {}

    /** What became of something typed: a phone, or why it is none. */
    public sealed interface Reading permits Phone, Trouble {}

    /**
     * A phone that was understood.
     *
     * @param e164 with a leading plus
     * @param extension digits to dial after it is answered; null for nearly everybody
     */
    public record Phone(String e164, @Nullable String extension) implements Reading {}

    /** Why something is no phone; each says what to do about it. */
    public enum Trouble implements Reading {
        INVALID("phone-invalid", "This is no possible phone number; begin foreign ones with +"),
        LETTERS("phone-letters", "A phone number is written in digits"),
        TWO_NUMBERS("phone-two-numbers", "Write one number here, and the other in the notes"),
        NINTH_DIGIT("phone-ninth-digit", "Brazilian mobiles have nine digits: put a 9 before the number");

        private final String code;
        private final String detail;

        Trouble(String code, String detail) {
            this.code = code;
            this.detail = detail;
        }

        /** The code of the field's problem. */
        public String code() {
            return code;
        }

        /** In English; never repeats what was typed. */
        public String detail() {
            return detail;
        }
    }

    /**
     * Reads the number at which a person is reached on WhatsApp, typed as people of a country do.
     *
     * <p>Argentine numbers get the 9 that they have on WhatsApp, however they are typed ({@code 011 15-2345-6789}, {@code
     * 11 2345-6789}, {@code +54 11 2345 6789}). Mexican ones lose 044, 045, 01 and 1. A Brazilian mobile of eight digits
     * is refused with the advice to put the 9 before it.
     *
     * @param country ISO code of the country whose people type without a country code
     */
    public static Reading read(String typed, String country) {
        return read(typed, country, true);
    }

    /** Reads a number that is dialled rather than written to, or a clinic's own: Argentine land lines stay what they are. */
    public static Reading readDialled(String typed, String country) {
        return read(typed, country, false);
    }

    private static Reading read(String typed, String country, boolean person) {
        var text = PlainText.oneLine(typed.replace('\n', '/'));
        var extension = EXTENSION.matcher(text);
        boolean extended = extension.find() && digits(text.substring(0, extension.start())) >= DIGITS_OF_A_WHOLE_NUMBER;
        var number = extended ? text.substring(0, extension.start()) : text;
        if (digits(number) == 0) {
            return Trouble.INVALID;
        }
        if (holdsTwo(number)) {
            return Trouble.TWO_NUMBERS;
        }
        if (number.codePoints().anyMatch(Character::isLetter)) {
            return Trouble.LETTERS;
        }
        try {
            var e164 = withoutOldPrefixes(e164(number, country));
            if (BRAZILIAN_OF_EIGHT.matcher(e164).matches()) {
                return Trouble.NINTH_DIGIT;
            }
            e164 = person ? canonical(e164) : e164;
            return UTIL.isValidNumber(UTIL.parse(e164, country))
                    ? new Phone(e164, extended ? extension.group(1) : null)
                    : Trouble.INVALID;
        } catch (NumberParseException e) {
            return Trouble.INVALID;
        }
    }

    private static boolean holdsTwo(String text) {
        var parts = BETWEEN_NUMBERS.split(text);
        return parts.length > 1 && digits(parts[0]) >= DIGITS_OF_A_WHOLE_NUMBER && digits(parts[1]) > 0;
    }

    private static long digits(String text) {
        return text.codePoints().filter(Character::isDigit).count();
    }

    private static String e164(String text, String country) throws NumberParseException {
        return UTIL.format(UTIL.parse(text, country), PhoneNumberFormat.E164);
    }

    private static String withoutOldPrefixes(String e164) throws NumberParseException {
        var mexican = MEXICAN_WITH_PREFIX.matcher(e164);
        if (mexican.matches()) {
            return "+52" + mexican.group(1);
        }
        var argentine = ARGENTINE_WITH_9_AND_15.matcher(e164);
        return argentine.matches() ? e164("0" + argentine.group(1), "AR") : e164;
    }

    /**
     * The one spelling of a number that the network told, in E.164: with the 9 of Argentine numbers, without the 1 of
     * Mexican ones, with the ninth digit of Brazilian mobiles. Anything else comes back as it is.
     */
    public static String canonical(String e164) {
        Matcher argentine = ARGENTINE_WITHOUT_9.matcher(e164);
        if (argentine.matches()) {
            return "+549" + argentine.group(1);
        }
        Matcher mexican = MEXICAN_WITH_PREFIX.matcher(e164);
        if (mexican.matches()) {
            return "+52" + mexican.group(1);
        }
        Matcher brazilian = BRAZILIAN_OF_EIGHT.matcher(e164);
        return brazilian.matches() ? "+55" + brazilian.group(1) + "9" + brazilian.group(2) : e164;
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

    /**
     * The country of a number's calling code, by which providers price: the largest of those that share one. Null for a code
     * that there is not.
     *
     * @param e164 a number or how it begins, with a leading plus
     */
    public static @Nullable String market(String e164) {
        for (int digits = 1; digits <= LONGEST_CALLING_CODE && digits < e164.length(); digits++) {
            var code = e164.substring(1, 1 + digits);
            if (code.chars().allMatch(Character::isDigit)
                    && UTIL.getSupportedCallingCodes().contains(Integer.valueOf(code))) {
                return UTIL.getRegionCodeForCountryCode(Integer.parseInt(code));
            }
        }
        return null;
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
