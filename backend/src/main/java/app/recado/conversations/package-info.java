/**
 * What patients write: kept once, understood when it is an answer, and handed to a person when it is not. Nobody calls
 * it; it hears the line's events.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "patients", "scheduling", "messaging", "whatsapp"})
package app.recado.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
