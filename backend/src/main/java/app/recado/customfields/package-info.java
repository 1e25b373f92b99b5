/**
 * What a clinic wants to know of its patients and visits beyond what Recado asks: fields that an owner defines, and the check
 * of what is written into them. Whoever keeps the values asks {@link app.recado.customfields.CustomFields}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package app.recado.customfields;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
