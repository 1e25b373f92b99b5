package app.recado.whatsapp;

import java.util.UUID;

/**
 * A line is doing something else now. Heard inside the transaction that stores the gateway's event.
 *
 * @param cause a code of the closed set shared with the gateway, for example {@code logged-out-on-phone}
 */
public record LineStateChanged(UUID lineId, LineState state, String cause) {}
