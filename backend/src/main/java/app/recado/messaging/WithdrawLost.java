package app.recado.messaging;

import java.util.UUID;

/**
 * A superseded message was on its way already: the patient was told something that no longer holds and needs a
 * correction. Heard inside the transaction that recorded it.
 */
public record WithdrawLost(UUID messageId, UUID subjectId, long version) {}
