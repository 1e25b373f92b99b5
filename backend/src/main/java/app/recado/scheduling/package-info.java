/**
 * The agenda: practitioners, services and the appointments between them and patients. An appointment's life is closed
 * (see {@link app.recado.scheduling.AppointmentStatus}), a slot is sold once, and every change is told synchronously,
 * inside the transaction that made it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "organizations",
            "customfields",
            "patients",
            "patients :: identifiers",
            "patients :: tables"
        })
package app.recado.scheduling;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
