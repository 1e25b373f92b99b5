package app.recado.kernel;

import java.util.Map;
import java.util.UUID;

/**
 * A domain event that third parties may hear of through webhooks. Thin: ids and kinds, never patient data; whoever is told
 * asks the API for the rest, with the rights they have. Published inside the transaction that did it.
 */
public interface Publishable {

    /** What happened, as third parties know it, for example {@code appointment.booked}. Part of the API: it never changes. */
    String eventType();

    /** The record it happened to. */
    UUID resourceId();

    /** What else tells it apart: kinds and states in the words of the API. Never a name, a number or somebody's words. */
    default Map<String, String> facts() {
        return Map.of();
    }
}
