/**
 * What the clinic writes to its patients: one text per occasion and language, with typed fields. Recado's own texts
 * stand in until the clinic words its own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package app.recado.templates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
