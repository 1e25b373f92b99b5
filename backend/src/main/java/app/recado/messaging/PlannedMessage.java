package app.recado.messaging;

import app.recado.templates.TemplateKind;
import java.time.Instant;
import java.util.UUID;

/**
 * A message to be sent later. There is at most one per (subject, version, kind); planning it again changes nothing.
 *
 * @param subjectId what it is about: an appointment
 * @param version the subject's version it speaks of
 * @param dueAt when it should leave
 * @param usefulUntil it must not leave at or after this instant
 */
public record PlannedMessage(
        UUID subjectId, long version, TemplateKind kind, UUID patientId, Instant dueAt, Instant usefulUntil) {}
