package app.recado.messaging;

import app.recado.kernel.Publishable;
import java.util.UUID;

/** A message came further. Heard inside the transaction that recorded it. */
public record MessageChanged(UUID messageId, UUID subjectId, String kind, MessageState state) implements Publishable {}
