package app.recado.kernel.retention;

import java.util.List;
import java.util.UUID;

/** Whose records may go when they are old. */
public interface RetentionHolds {

    /** All organizations but those under a legal hold. */
    List<UUID> withoutHold();

    /** Whether the current organization is not under a legal hold; asked anew inside the transaction that deletes, and no
     * hold can begin before that one ends. */
    boolean mayDelete();

    /** Like {@link #mayDelete}, of all organizations at once. */
    boolean mayDeleteOfAll();
}
