package app.recado.kernel.migration;

import app.recado.kernel.Problem;
import jakarta.validation.Validator;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The rules of requests, for what does not come as one: a row is refused for the same reasons as a form. */
@Component
public class RowRules {

    private static final Map<String, String> CODES = Map.of(
            "NotNull", "required",
            "NotBlank", "required",
            "NotEmpty", "required",
            "Size", "too-long",
            "Min", "out-of-range",
            "Max", "out-of-range",
            "PersonName", "characters-not-allowed");

    private final Validator validator;

    RowRules(Validator validator) {
        this.validator = validator;
    }

    /**
     * Returns the request when it keeps its rules.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} with the first rule that it breaks
     */
    public <T> T kept(T request) {
        validator.validate(request).stream().findFirst().ifPresent(broken -> {
            var rule = broken.getConstraintDescriptor()
                    .getAnnotation()
                    .annotationType()
                    .getSimpleName();
            throw Problem.INVALID_FIELDS.at(
                    "/" + broken.getPropertyPath().toString().replace('.', '/'),
                    CODES.getOrDefault(rule, "invalid-format"),
                    "Cannot be taken as it is");
        });
        return request;
    }
}
