package app.recado.kernel.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The access rule of one operation. A handler without it is refused at run time and fails the build. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Access {

    /** Any one of these suffices for a person. */
    Allow[] value();

    /** A person needs all of these beside one of the roles. What API clients may do follows from their scopes alone. */
    Permission[] permissions() default {};

    /** An API client needs all of these. Empty, as it is unless somebody decided otherwise: no API client may. */
    Scope[] scopes() default {};

    /** Also while the organization is suspended: for what its people decide about the suspension itself. */
    boolean whileSuspended() default false;
}
