/**
 * What the clinic writes to its patients: one text per occasion and language, with typed fields. Recado's own texts
 * stand in until the clinic words its own. On lines whose provider wants templates approved beforehand, which template
 * stands for which text.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "whatsapp"})
package app.recado.templates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
