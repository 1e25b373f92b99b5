package app.recado.messaging;

import app.recado.templates.TemplateKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent later. There is at most one per (subject, version, kind, rule); planning it again changes nothing.
 *
 * @param subjectId what it is about: an appointment
 * @param version the subject's version it speaks of
 * @param ruleId why it is sent; null for a correction, which is owed whatever the rules say
 * @param lineId the line it leaves on; null for the default one
 * @param says what it tells of the subject, to be compared with what was told before and with what is so later; null when
 *     it tells that nothing holds any more
 * @param dueAt when it should leave
 * @param usefulUntil it must not leave at or after this instant
 */
public record PlannedMessage(
        UUID subjectId,
        long version,
        TemplateKind kind,
        @Nullable UUID ruleId,
        UUID patientId,
        @Nullable UUID lineId,
        @Nullable String says,
        Instant dueAt,
        Instant usefulUntil) {}
