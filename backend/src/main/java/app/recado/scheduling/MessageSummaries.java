package app.recado.scheduling;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Whoever sends the messages of appointments. Without such a bean the agenda shows none. */
public interface MessageSummaries {

    /**
     * The latest message per appointment, in one query for a whole page; appointments without a message are left out.
     * Called inside a transaction of the current organization.
     */
    Map<UUID, MessageSummary> latest(Collection<UUID> appointmentIds);
}
