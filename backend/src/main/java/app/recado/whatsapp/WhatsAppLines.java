package app.recado.whatsapp;

import java.util.Optional;

/** The lines of the current organization; needs an open transaction. */
public interface WhatsAppLines {

    /** The line that messages of this clinic leave on; empty when the clinic has none yet. */
    Optional<LineFacts> defaultLine();
}
