/**
 * Messages to many: whom, with which template, when and how fast; what came of them. They leave through the outbox behind
 * everything that is about care. Nobody calls it; it implements a port of messaging.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "patients", "templates", "messaging", "whatsapp"})
package app.recado.campaigns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
