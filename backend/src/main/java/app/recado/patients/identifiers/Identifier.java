package app.recado.patients.identifiers;

import app.recado.kernel.PlainText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One person's number of one kind.
 *
 * @param value in the one form that is stored and compared: digits and capital letters, leading zeros where the number has
 *     a fixed length
 */
public record Identifier(IdentifierKind kind, String value) implements IdentifierReading {

    private static final Pattern SEPARATORS = Pattern.compile("[\\s.,\\-/\\u00b7\\u2010-\\u2015]+");
    private static final Pattern CURP = Pattern.compile("[A-Z]{4}\\d{6}[HMX][A-Z]{5}[A-Z0-9]\\d");
    private static final Pattern PASSPORT = Pattern.compile("(?=.*\\d)[A-Z0-9]{5,15}");
    private static final int DIGITS_OF_A_GROUP = 3;

    /**
     * Reads a number as people type it, with or without dots, dashes and spaces. Zeros that a spreadsheet took from the
     * beginning come back where the length is fixed.
     */
    public static IdentifierReading read(IdentifierKind kind, String typed) {
        var text = SEPARATORS
                .matcher(Normalizer.normalize(PlainText.oneLine(typed), Normalizer.Form.NFKC))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        return switch (kind) {
            case AR_DNI -> digits(kind, withoutZeros(text), 6, 8);
            case CO_CC -> digits(kind, withoutZeros(text), 5, 10);
            case PE_DNI -> digits(kind, padded(text, 8), 8, 8);
            case BR_CPF -> checked(kind, padded(text, 11), "\\d{11}", CheckDigits::cpf);
            case CL_RUT -> checked(kind, withoutZeros(text), "\\d{6,8}[\\dK]", CheckDigits::rut);
            case EC_CI -> checked(kind, padded(text, 10), "(0[1-9]|1\\d|2[0-4]|30)[0-5]\\d{7}", CheckDigits::ecuador);
            case UY_CI -> checked(kind, padded(text, 8), "\\d{8}", CheckDigits::uruguay);
            case MX_CURP -> checked(kind, text, CURP.pattern(), CheckDigits::curp);
            case PASSPORT ->
                PASSPORT.matcher(text).matches() ? new Identifier(kind, text) : IdentifierReading.Trouble.INVALID;
        };
    }

    private static IdentifierReading digits(IdentifierKind kind, String text, int least, int most) {
        return text.matches("\\d{%d,%d}".formatted(least, most))
                ? new Identifier(kind, text)
                : IdentifierReading.Trouble.INVALID;
    }

    @FunctionalInterface
    private interface Check {
        boolean fits(String value);
    }

    private static IdentifierReading checked(IdentifierKind kind, String text, String form, Check check) {
        if (!text.matches(form)) {
            return IdentifierReading.Trouble.INVALID;
        }
        return check.fits(text) ? new Identifier(kind, text) : IdentifierReading.Trouble.CHECK_DIGIT;
    }

    private static String withoutZeros(String text) {
        return text.replaceFirst("^0+(?=.)", "");
    }

    /** At most two zeros: a spreadsheet took no more from anybody's number. */
    private static String padded(String text, int length) {
        int missing = length - text.length();
        return missing > 0 && missing <= 2 && text.matches("\\d+") ? "0".repeat(missing) + text : text;
    }

    /** As people of its country write it: {@code 30.123.456}, {@code 529.982.247-25}, {@code 12.345.678-5}. */
    public String formatted() {
        return switch (kind) {
            case AR_DNI, CO_CC -> grouped(value);
            case BR_CPF -> grouped(value.substring(0, 9)) + "-" + value.substring(9);
            case CL_RUT, UY_CI -> grouped(withoutZeros(butLast(value))) + "-" + value.charAt(value.length() - 1);
            case EC_CI -> butLast(value) + "-" + value.charAt(value.length() - 1);
            case MX_CURP, PE_DNI, PASSPORT -> value;
        };
    }

    private static String butLast(String text) {
        return text.substring(0, text.length() - 1);
    }

    private static String grouped(String digits) {
        var text = new StringBuilder(digits);
        for (int at = text.length() - DIGITS_OF_A_GROUP; at > 0; at -= DIGITS_OF_A_GROUP) {
            text.insert(at, '.');
        }
        return text.toString();
    }

    /** The number belongs to a person: never printed. */
    @Override
    public String toString() {
        return "Identifier[" + kind + "]";
    }
}
