package app.recado.kernel.web;

import app.recado.kernel.FieldProblem;
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

    /** What is wrong with a field, with the limit that it is beyond. */
    static FieldProblem problem(String pointer, ConstraintViolation<?> violation) {
        var detail = String.valueOf(violation.getMessage());
        var descriptor = violation.getConstraintDescriptor();
        var constraint = descriptor.getAnnotation().annotationType().getSimpleName();
        var rule = descriptor.getAttributes();
        if (constraint.equals("Size") && violation.getInvalidValue() instanceof CharSequence text) {
            return text.length() < limit(rule, "min")
                    ? new FieldProblem(pointer, "too-short", detail, limit(rule, "min"), null)
                    : new FieldProblem(pointer, "too-long", detail, null, limit(rule, "max"));
        }
        return switch (constraint) {
            case "Min" -> new FieldProblem(pointer, of(constraint), detail, limit(rule, "value"), null);
            case "Max" -> new FieldProblem(pointer, of(constraint), detail, null, limit(rule, "value"));
            case "Positive" -> new FieldProblem(pointer, of(constraint), detail, 1L, null);
            default -> new FieldProblem(pointer, of(constraint), detail);
        };
    }

    private static long limit(Map<String, Object> rule, String name) {
        return rule.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
