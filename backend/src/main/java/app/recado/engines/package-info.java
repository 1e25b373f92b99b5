/**
 * The engines behind the lines of {@code whatsapp}: linked devices through the gateway, the WhatsApp Cloud API, Twilio and
 * Evolution API, each in a package of its own on top of what they share, which is here: credentials and their vault, the
 * HTTP client that tells whether a request can have arrived, incoming deliveries and media, the watch over providers.
 * A provider class speaks one provider's language and keeps nothing; what must outlive a crash stands in the outbox.
 * Nobody stands on this module: its neighbours know the port and the events in {@code whatsapp}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "whatsapp"})
package app.recado.engines;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
