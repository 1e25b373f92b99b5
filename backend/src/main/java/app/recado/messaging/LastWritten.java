package app.recado.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** When somebody last wrote to each of the clinic's lines. Implemented by whoever keeps what is written to the clinic. */
public interface LastWritten {

    /** The current organization's lines that this number ever wrote to, each with the instant of the last message; needs
     * an open transaction.
     *
     * @param phone E.164 */
    Map<UUID, Instant> to(String phone);

    /** The same of somebody whose number may not be known. */
    Map<UUID, Instant> by(UUID contactId);
}
