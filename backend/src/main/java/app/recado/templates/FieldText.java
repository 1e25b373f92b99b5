package app.recado.templates;

import app.recado.kernel.PlainText;

/** What fills a field of a text, so that the phone shows it as it was written down. */
final class FieldText {

    private FieldText() {}

    /**
     * One line, because platforms refuse a variable with a line break, a tab or many spaces in it, that WhatsApp formats nowhere: {@code *Ana*} would be bold and {@code _Paz_} slanted, and a lone one makes a
     * pair with another in the text. WhatsApp has no way to escape these four signs, so each is written as the sign of
     * another block that looks the same (ADR 0016).
     */
    static String asWritten(String value) {
        return PlainText.oneLine(value)
                .replace('*', '\u2217')
                .replace('_', '\u02cd')
                .replace('~', '\u223c')
                .replace('`', '\u02cb');
    }
}
