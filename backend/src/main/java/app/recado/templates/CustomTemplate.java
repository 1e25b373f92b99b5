package app.recado.templates;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A template of the clinic's own, beyond the occasions that Recado knows. Its texts are edited and published as all others.
 *
 * @param name what staff call it
 * @param purpose what its messages are for; it stays, because people consented to it
 * @param archived true when nothing new is to be written with it; what refers to it already still leaves
 * @param languages those in which a text was published, in Recado's order
 * @param needsVisit fields of visits in its published texts: a message that is about no visit cannot be worded with it
 */
@Schema(name = "CustomTemplate")
public record CustomTemplate(
        UUID id,
        @Schema(example = "Control anual") String name,
        TemplatePurpose purpose,
        boolean archived,
        List<TemplateLanguage> languages,
        @Schema(example = "[\"appointment.date\"]") List<String> needsVisit,
        Instant createdAt,
        long version)
        implements Versioned {

    public CustomTemplate {
        languages = List.copyOf(languages);
        needsVisit = List.copyOf(needsVisit);
    }
}
