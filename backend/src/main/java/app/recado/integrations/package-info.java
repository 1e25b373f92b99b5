/**
 * What other systems are told by Recado: webhooks as the Standard Webhooks specification describes them, written in the
 * transaction that caused them and delivered at least once. Nobody calls it; it hears what is publishable.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations"})
package app.recado.integrations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
