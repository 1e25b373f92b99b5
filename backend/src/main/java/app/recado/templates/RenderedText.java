package app.recado.templates;

/**
 * A text ready to be sent.
 *
 * @param language the language it is really in, which may be the clinic's instead of the one asked for
 */
record RenderedText(String text, TemplateLanguage language) {}
