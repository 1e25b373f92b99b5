package app.recado.templates;

import app.recado.whatsapp.LineFacts;

/** Words messages for patients. Needs an open transaction of the current organization. */
public interface MessageTemplates {

    /** Texts and templates as they stand, each read once however many messages are worded from it. For one transaction. */
    Words asOfNow();

    /** What messages are worded from. */
    interface Words {

        /**
         * What leaves on a line for that occasion.
         *
         * <p>Where the line's provider approved a template that an owner mapped to the occasion, it is that template,
         * always: in the patient's language, else in the clinic's. Everywhere else it is the clinic's text, else Recado's
         * own; with buttons below it where the line has them and an answer is asked for.
         *
         * <p>Where it is known already that the patient comes, Recado's own "1 to confirm" is left out of the words, and
         * the buttons with it, and in place of an approved template the one leaves that was mapped for this. Without such a
         * one the approved template stays what was approved; other words of the clinic's are its own.
         *
         * <p>A language Recado does not write falls back to the clinic's language, then to Spanish.
         */
        Wording word(LineFacts line, TemplateKind kind, String language, TemplateFields fields, boolean asks);
    }
}
