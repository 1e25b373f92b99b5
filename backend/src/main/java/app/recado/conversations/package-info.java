/**
 * What patients write: kept once, understood when it is an answer, and handed to a person when it is not; and the inbox in
 * which the clinic's people answer. Nobody calls it; it hears the line's events.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "organizations",
            "patients",
            "scheduling",
            "scheduling :: availability",
            "messaging",
            "whatsapp"
        })
package app.recado.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
