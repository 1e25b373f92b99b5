/**
 * Who did and read what: one record per organization that only grows, written by the transactions that do it and hashed into a
 * chain in batches. Nobody calls it; it hears what is auditable, and sees every operation that writes. docs/adr/0068.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations"})
package app.recado.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
