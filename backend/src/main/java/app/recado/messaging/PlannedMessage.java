package app.recado.messaging;

import app.recado.templates.TemplateKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent later. There is at most one per (subject, version, kind); planning it again changes nothing.
 *
 * @param subjectId what it is about: an appointment
 * @param version the subject's version it speaks of
 * @param says what it tells of the subject, to be compared with what was told before and with what is so later; null when
 *     it tells that nothing holds any more
 * @param dueAt when it should leave
 * @param usefulUntil it must not leave at or after this instant
 */
public record PlannedMessage(
        UUID subjectId,
        long version,
        TemplateKind kind,
        UUID patientId,
        @Nullable String says,
        Instant dueAt,
        Instant usefulUntil) {}
