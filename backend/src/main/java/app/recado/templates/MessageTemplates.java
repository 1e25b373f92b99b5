package app.recado.templates;

/** Words a message for a patient. Needs an open transaction of the current organization. */
public interface MessageTemplates {

    /**
     * The clinic's text for that occasion and language, else Recado's own. A language Recado does not write falls back to
     * the clinic's language, then to Spanish.
     */
    RenderedText render(TemplateKind kind, String language, TemplateFields fields);
}
