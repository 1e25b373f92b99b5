/**
 * How far a new clinic has come on its way to the first message: read-only questions over what it has, answered at each
 * asking and stored nowhere. Nobody calls it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package app.recado.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
