/**
 * The engines that are called over HTTP: WhatsApp Cloud API, Twilio, Evolution API. Internal to the module; its neighbours
 * know only {@link app.recado.whatsapp.LineEngine} and the events. A provider class speaks one provider's language and
 * keeps nothing; what must outlive a crash stands in the outbox, whose one queue serves all engines.
 */
@NullMarked
package app.recado.whatsapp.engines;

import org.jspecify.annotations.NullMarked;
