package app.recado.templates;

import java.util.UUID;

/**
 * Which text a message was worded from.
 *
 * @param templateId the text, which is of one language
 * @param number of its published version, from 1; 0 is Recado's own text
 */
public record TextVersion(UUID templateId, int number) {}
