package app.recado.messaging;

import java.util.UUID;

/**
 * A message that a patient may be answering.
 *
 * @param live false when an answer to it no longer counts: its subject moved on or its time has passed
 */
public record LiveNotification(UUID messageId, UUID subjectId, long version, UUID patientId, boolean live) {}
