package app.recado.whatsapp;

/**
 * What Recado's own buttons are called behind their words, so that an answer is understood whatever a clinic calls its
 * buttons. Not "1" and "2": the menus of other systems on the same number use those for anything.
 */
public final class AnswerIds {

    /** The button that confirms. */
    public static final String YES = "recado-yes";

    /** The button that declines. */
    public static final String NO = "recado-no";

    private AnswerIds() {}
}
