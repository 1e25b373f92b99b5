package app.recado.templates;

import app.recado.whatsapp.Payload;

/**
 * How a message leaves.
 *
 * @param text the words, which are what people are shown whatever leaves
 * @param language the language it is really in, which may be the clinic's instead of the one asked for
 * @param version which text the words are from
 * @param asks whether it ends in a question, which bare words answer
 * @param answersAll the words say that one answer is for all visits they tell of
 */
public record Wording(
        String text, String language, Payload payload, TextVersion version, boolean asks, boolean answersAll) {

    /** Of words that tell of one visit, or leave open of which an answer is. */
    public Wording(String text, String language, Payload payload, TextVersion version, boolean asks) {
        this(text, language, payload, version, asks, false);
    }

    /** The words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "Wording[language=" + language + "]";
    }
}
