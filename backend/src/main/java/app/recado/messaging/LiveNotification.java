package app.recado.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that a patient may be answering.
 *
 * @param live false when an answer to it no longer counts: its subject moved on or its time has passed
 * @param says what it tells of its subject; null when that was not kept
 * @param saidAt when it left, or may have left
 * @param jointId the same for all that one message told: its id
 * @param answersAll that message said that one answer is for all it told of
 * @param last false when Recado said something else to that number on that line afterwards: bare words may answer that
 * @param asks false when it is known that it asked nothing: bare words may answer what was asked before it
 */
public record LiveNotification(
        UUID messageId,
        UUID subjectId,
        long version,
        UUID patientId,
        UUID jointId,
        boolean answersAll,
        @Nullable String says,
        boolean live,
        Instant saidAt,
        boolean last,
        boolean asks) {}
