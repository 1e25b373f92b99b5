package app.recado.kernel.web;

import jakarta.validation.ConstraintViolation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stable codes of field errors; the console translates them, so a constraint without a code fails a test. */
final class FieldCodes {

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("NotNull", "required"),
            Map.entry("NotBlank", "required"),
            Map.entry("NotEmpty", "required"),
            Map.entry("Size", "too-long"),
            Map.entry("Min", "out-of-range"),
            Map.entry("Max", "out-of-range"),
            Map.entry("Positive", "out-of-range"),
            Map.entry("Pattern", "invalid-format"),
            Map.entry("PersonName", "characters-not-allowed"),
            Map.entry("Email", "invalid-format"),
            Map.entry("Past", "out-of-range"),
            Map.entry("PastOrPresent", "out-of-range"));

    private FieldCodes() {}

    static String of(@Nullable String constraint) {
        return constraint == null ? "invalid-format" : CODES.getOrDefault(constraint, "invalid-format");
    }

    static String of(ConstraintViolation<?> violation) {
        var constraint = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        if (constraint.equals("Size") && violation.getInvalidValue() instanceof CharSequence text) {
            var min = violation.getConstraintDescriptor().getAttributes().get("min");
            return min instanceof Integer least && text.length() < least ? "too-short" : "too-long";
        }
        return of(constraint);
    }
}
