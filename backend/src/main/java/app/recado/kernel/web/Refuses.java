package app.recado.kernel.web;

import app.recado.kernel.Problem;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Refusals of one operation beyond those its parameters and access rule already imply; shown in the API document. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Refuses {
    Problem[] value();
}
