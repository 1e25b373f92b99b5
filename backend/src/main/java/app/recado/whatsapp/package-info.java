/**
 * The clinic's WhatsApp lines: pairing, health, and the engines that carry messages. Linked devices live in the gateway,
 * which is spoken to over HTTP and speaks back in signed events; the other engines are in {@code engines}, inside this
 * process. Shows its neighbours {@link
 * app.recado.whatsapp.WhatsAppLines}, {@link app.recado.whatsapp.LineEngine} and the events.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations"})
package app.recado.whatsapp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
