/**
 * What answers by itself: flows that a clinic's people write, published in versions, and the sessions in which patients go
 * through them. It acts through the services that people use, says things through the outbox, and leaves everything else to a
 * person. It implements a port of conversations; nobody calls it.
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
            "conversations"
        })
package app.recado.bot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
