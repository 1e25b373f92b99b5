/**
 * The clinic's WhatsApp lines: which there are, what is wanted and what is seen of them, their history and alarm. Owns the
 * port behind which engines carry messages ({@link app.recado.whatsapp.EngineAdapter}) and the one type of what arrives
 * ({@link app.recado.whatsapp.InboundReceived}); knows no engine. Shows its neighbours {@link
 * app.recado.whatsapp.WhatsAppLines}, {@link app.recado.whatsapp.LineEngine} and the events.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "organizations"})
package app.recado.whatsapp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
