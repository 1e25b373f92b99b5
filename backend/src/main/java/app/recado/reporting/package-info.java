/**
 * What became of visits, counted: read-only questions over the agenda, computed at each asking and stored nowhere. Nobody
 * calls it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "scheduling :: availability"})
package app.recado.reporting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
