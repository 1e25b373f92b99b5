package app.recado.templates;

/**
 * A text ready to be sent.
 *
 * @param language the language it is really in, which may be the clinic's instead of the one asked for
 */
public record RenderedText(String text, String language) {}
