/**
 * Lines whose conversations stand in an inbox of Chatwoot, too: what is said here is told there, what agents write there
 * leaves here, each once. It implements nothing and nobody calls it; it hears what conversations and messaging tell.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "messaging", "whatsapp", "conversations"})
package app.recado.chatwoot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
