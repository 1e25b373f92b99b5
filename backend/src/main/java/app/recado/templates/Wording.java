package app.recado.templates;

import app.recado.whatsapp.Payload;

/**
 * How a message leaves.
 *
 * @param text the words, which are what people are shown whatever leaves
 * @param language the language it is really in, which may be the clinic's instead of the one asked for
 * @param version which text the words are from
 */
public record Wording(String text, String language, Payload payload, TextVersion version) {

    /** The words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "Wording[language=" + language + "]";
    }
}
