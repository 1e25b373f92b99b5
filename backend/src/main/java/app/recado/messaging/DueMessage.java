package app.recado.messaging;

import app.recado.templates.TemplateKind;
import java.time.Instant;
import java.util.UUID;

/** A message whose time has come, for the decision whether it may go. The parameters are those it was planned with. */
public record DueMessage(
        UUID id, UUID subjectId, long version, TemplateKind kind, UUID patientId, Instant dueAt, Instant usefulUntil) {}
