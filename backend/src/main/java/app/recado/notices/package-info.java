/**
 * What patients were told, shown so that it can be proved, and who still has to be called: read-only questions over
 * messages, answers and visits, and the calls that staff made. Nobody calls it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "patients", "scheduling"})
package app.recado.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
