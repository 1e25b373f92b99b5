/**
 * A clinic as one archive: every table in which it has records, its files, and a manifest with the hash of each. Read-only over
 * all modules' tables; nobody calls it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "patients"})
package app.recado.clinicexport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
