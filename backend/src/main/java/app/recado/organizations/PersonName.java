package app.recado.organizations;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A name that an account can have. The identity server refuses the signs listed here (its validator
 * {@code person-name-prohibited-characters}), which is found out before anything is begun there.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "[^<>&\"$%!#?§;*~/\\\\|^=\\[\\]{}()\\p{Cntrl}]*")
@ReportAsSingleViolation
@interface PersonName {
    String message() default "A name holds no brackets, slashes or signs such as & and ?";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
