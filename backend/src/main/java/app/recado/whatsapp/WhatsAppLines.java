package app.recado.whatsapp;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The lines of the current organization; needs an open transaction. */
public interface WhatsAppLines {

    /** The line that messages of this clinic leave on; empty when the clinic has none yet. */
    Optional<LineFacts> defaultLine();

    /** One line; empty for ids of other organizations as well. */
    Optional<LineFacts> find(UUID id);

    /** How much a line's new number may be used for campaigns; empty when nothing is held back, and for unknown lines. */
    Optional<WarmUp> warmUp(UUID id);

    /** All of them, the default one first. */
    List<LineFacts> each();
}
