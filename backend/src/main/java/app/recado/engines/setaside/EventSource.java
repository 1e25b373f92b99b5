package app.recado.engines.setaside;

import java.util.UUID;

/** Whose events may be set aside, and who stores them again. */
public interface EventSource {

    /** Whether events of this source are its own; exactly one has each.
     *
     * @param source {@code gateway} or an engine's wire name, as it stands in the rows */
    boolean has(String source);

    /** Stores an event of the current organization with all its effects, in the caller's transaction.
     *
     * @param content as it was set aside
     * @throws RuntimeException when it cannot be stored */
    void store(UUID lineId, UUID id, String content);
}
