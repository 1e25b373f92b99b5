/**
 * The clinic's WhatsApp line: pairing, health, and the engine that carries messages. The linked-device gateway is the
 * one engine so far; it is spoken to over HTTP and speaks back in signed events. Shows its neighbours {@link
 * app.recado.whatsapp.WhatsAppLines}, {@link app.recado.whatsapp.LineEngine} and the events.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "kernel")
package app.recado.whatsapp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
