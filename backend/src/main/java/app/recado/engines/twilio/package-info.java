/** WhatsApp through Twilio, which fetches what is sent from us. */
@NullMarked
package app.recado.engines.twilio;

import org.jspecify.annotations.NullMarked;
