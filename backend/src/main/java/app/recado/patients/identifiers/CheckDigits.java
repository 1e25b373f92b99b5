package app.recado.patients.identifiers;

/** Whether the last digits of a number fit the others, by the rule of its country. Texts have the right form already. */
final class CheckDigits {

    private static final String CURP = "0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ";
    private static final int[] URUGUAY = {2, 9, 8, 7, 6, 3, 4};

    private CheckDigits() {}

    /** Two digits, each modulo 11 of all before it. Eleven times the same digit fits, and is nobody's. */
    static boolean cpf(String value) {
        return value.chars().distinct().count() > 1
                && cpfDigit(value, 9) == digit(value, 9)
                && cpfDigit(value, 10) == digit(value, 10);
    }

    private static int cpfDigit(String value, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += digit(value, i) * (length + 1 - i);
        }
        return sum * 10 % 11 % 10;
    }

    /** Modulo 11 with the weights 2 to 7 from the right, again and again; 10 is written K. */
    static boolean rut(String value) {
        int last = value.length() - 1;
        int sum = 0;
        for (int i = last - 1; i >= 0; i--) {
            sum += digit(value, i) * (2 + (last - 1 - i) % 6);
        }
        int check = (11 - sum % 11) % 11;
        return value.charAt(last) == (check == 10 ? 'K' : (char) ('0' + check));
    }

    /** Modulo 10 with the weights 2 and 1 in turn, the digits of a product added up. */
    static boolean ecuador(String value) {
        int sum = 0;
        for (int i = 0; i < value.length() - 1; i++) {
            int product = digit(value, i) * (i % 2 == 0 ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
        }
        return (10 - sum % 10) % 10 == digit(value, value.length() - 1);
    }

    /** Modulo 10 with weights of its own. */
    static boolean uruguay(String value) {
        int sum = 0;
        for (int i = 0; i < URUGUAY.length; i++) {
            sum += digit(value, i) * URUGUAY[i];
        }
        return (10 - sum % 10) % 10 == digit(value, URUGUAY.length);
    }

    /** Modulo 10 of the places in an alphabet with Ñ, with the weights 18 down to 2. */
    static boolean curp(String value) {
        int last = value.length() - 1;
        int sum = 0;
        for (int i = 0; i < last; i++) {
            sum += CURP.indexOf(value.charAt(i)) * (last + 1 - i);
        }
        return (10 - sum % 10) % 10 == digit(value, last);
    }

    private static int digit(String value, int at) {
        return value.charAt(at) - '0';
    }
}
