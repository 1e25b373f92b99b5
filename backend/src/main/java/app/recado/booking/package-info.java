/**
 * The public booking page: an edge without sign-in on which patients book, see, move and cancel visits by themselves, their
 * phone proven by a code over the clinic's own line, and the links by which they complete their own card. Off until an owner turns it on. Nobody calls it; it never tells whether
 * somebody is a patient.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "organizations",
            "scheduling",
            "patients",
            "patients :: identifiers",
            "messaging"
        })
package app.recado.booking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
