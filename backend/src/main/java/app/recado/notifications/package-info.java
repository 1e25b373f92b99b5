/**
 * What to tell patients about their appointments, when, and about which version of them. Hears the agenda inside its
 * transactions, plans messages, decides at the moment of sending whether they may still go, and puts answers into the
 * agenda. Nobody calls it; it implements ports of its neighbours.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "organizations",
            "scheduling",
            "scheduling :: availability",
            "patients",
            "templates",
            "messaging"
        })
package app.recado.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
