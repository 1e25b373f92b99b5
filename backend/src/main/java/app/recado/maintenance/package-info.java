/** What all clinics are told when something is done to Recado itself: from when to when, and what they will notice. */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package app.recado.maintenance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
