package app.recado.kernel.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** For how many requests one of this operation counts; one, where it is not said. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Costs {

    /** Reads a month or more of a clinic and adds it up. */
    int REPORT = 5;

    /** Reads all rows of a kind, or a file of them. */
    int FILE = 20;

    /** Reads everything that a clinic has. */
    int CLINIC = 100;

    /** Requests. */
    int value();
}
