package app.recado.templates;

import app.recado.whatsapp.LineFacts;

/** Words a message for a patient. Needs an open transaction of the current organization. */
public interface MessageTemplates {

    /**
     * What leaves on a line for that occasion.
     *
     * <p>Where the line's provider approved a template that an owner mapped to the occasion, it is that template, always:
     * in the patient's language, else in the clinic's. Everywhere else it is the clinic's text, else Recado's own; with
     * buttons below it where the line has them and an answer is asked for.
     *
     * <p>A language Recado does not write falls back to the clinic's language, then to Spanish.
     */
    Wording word(LineFacts line, TemplateKind kind, String language, TemplateFields fields);
}
