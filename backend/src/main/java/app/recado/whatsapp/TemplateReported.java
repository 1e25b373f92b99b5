package app.recado.whatsapp;

import java.time.Instant;
import java.util.UUID;

/**
 * A provider told of a template by itself. Heard inside the transaction that stores the webhook.
 *
 * @param lineId the line at whose address it was told; templates belong to an account, which may have more lines
 * @param name the template's at the provider
 * @param language as Meta writes it, for example {@code es_AR}
 */
public record TemplateReported(UUID lineId, String name, String language, TemplateStanding standing, Instant at) {}
