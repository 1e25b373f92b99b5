package app.recado.whatsapp;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Whoever knows when lines have something to send. Without such a bean nobody does. */
public interface DueLines {

    /** When each clinic's default line has its next message to send, across clinics; lines with nothing to send are left
     * out. */
    Map<UUID, Instant> next();
}
