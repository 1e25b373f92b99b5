/**
 * What practitioners write down about a patient for each other, in a few sentences, on its own or about a visit; a medical
 * record it is not. Read and written by practitioners only, each look recorded; a correction keeps what it replaces. Nobody
 * calls it: no message, webhook, export or other system sees a note.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "patients", "scheduling"})
package app.recado.clinicalnotes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
