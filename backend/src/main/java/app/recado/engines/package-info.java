/**
 * The engines behind the lines of {@code whatsapp}: linked devices through the gateway, the WhatsApp Cloud API, Twilio and
 * Evolution API, each in a package of its own. Providers' APIs stand behind one port ({@code provider}) and share what is
 * done for all of them: {@code credentials}, {@code lines}, {@code media}, {@code sending}, {@code webhooks}, {@code setup};
 * {@code setaside} keeps what could not be stored, of the gateway, too. Here is only what all of these stand on: settings,
 * the HTTP clients, how many calls a line may make at a time. A provider class speaks one provider's language and keeps
 * nothing; what must outlive a crash stands in the outbox. Nobody stands on this module: its neighbours know the port and
 * the events in {@code whatsapp}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations", "whatsapp"})
package app.recado.engines;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
