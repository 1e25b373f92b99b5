package app.recado.customfields;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A field that a clinic defined.
 *
 * @param subject what it is about
 * @param key names it in values and in programs; never changes
 * @param label as the clinic calls it
 * @param type what can be written into it; never changes
 * @param choices of a choice, in their order; empty for all other types
 * @param required whether a form that shows it wants it filled
 * @param position its place in forms and files among those about the same, from 0
 * @param active false once it is retired: what is written in it stays and it is asked no more
 */
@Schema(name = "CustomField")
public record CustomField(
        UUID id,
        FieldSubject subject,
        @Schema(example = "grupo-sanguineo") String key,
        @Schema(example = "Grupo sanguíneo") String label,
        FieldType type,
        @Schema(example = "[\"A+\", \"0-\"]") List<String> choices,
        @Schema(example = "false") boolean required,
        @Schema(example = "0") int position,
        @Schema(example = "true") boolean active,
        long version)
        implements Versioned {

    /**
     * What is typed as this field keeps it, for {@link CustomValues#of(java.util.Map)}; empty for what it does not take.
     *
     * @param typed without blanks around it, not empty
     */
    public Optional<Object> read(String typed) {
        return type.read(typed, choices);
    }
}
