/**
 * The clinic as other systems of health care read it: a facade in FHIR R4 over patients, places, practitioners, services, free
 * times and appointments. It reads and never writes, and keeps nothing of its own. Nobody calls it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "organizations", "patients", "scheduling", "scheduling :: availability"})
package app.recado.fhir;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
