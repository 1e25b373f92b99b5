package app.recado.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a request.
 *
 * @param pointer JSON pointer (RFC 6901) to the field in the request body
 * @param code stable code, for example {@code required} or {@code phone-invalid}
 * @param detail a sentence in English that never repeats the value
 * @param minimum the least that is allowed: of a number, or of characters of a text; null where no least was missed
 * @param maximum the most that is allowed, likewise; null where no most was passed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldProblem(
        String pointer,
        String code,
        String detail,
        @Nullable Long minimum,
        @Nullable Long maximum) {

    /** What is wrong with a field whose rule has no limits. */
    public FieldProblem(String pointer, String code, String detail) {
        this(pointer, code, detail, null, null);
    }
}
