package app.recado.customfields;

import app.recado.kernel.json.OneLine;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What is written in a field.
 *
 * @param key of the field
 * @param value as text: a number with a point, a date as 2026-11-24, yes and no as true and false; empty removes it
 */
@Schema(name = "CustomValue")
public record CustomValue(
        @Schema(example = "grupo-sanguineo") @NotNull @Size(max = 40) String key,

        @Schema(example = "A+") @OneLine @NotNull @Size(max = LONGEST) String value) {

    /** Characters of a value. */
    public static final int LONGEST = 500;

    /** What is written belongs to a person: never printed. */
    @Override
    public String toString() {
        return "CustomValue[key=" + key + "]";
    }
}
