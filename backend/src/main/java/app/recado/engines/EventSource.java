package app.recado.engines;

import java.util.UUID;

/** Whose events may be set aside, and who stores them again. */
public interface EventSource {

    /** Stores an event of the current organization with all its effects, in the caller's transaction.
     *
     * @param content as it was set aside */
    void store(UUID lineId, UUID id, String content);
}
