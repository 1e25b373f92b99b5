package app.recado.scheduling;

import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Whoever shows patients a page of their visit, where they move and cancel it. Current organization; needs an open transaction. */
public interface VisitLinks {

    /** By visit; empty while the clinic has no such page, or the installation no public address. */
    Map<UUID, URI> of(Collection<UUID> appointmentIds);
}
