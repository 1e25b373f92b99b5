package app.recado.messaging;

import app.recado.templates.TemplateKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message whose time has come, for the decision whether it may go. The parameters are those it was planned with. */
public record DueMessage(
        UUID id,
        UUID subjectId,
        long version,
        TemplateKind kind,
        @Nullable UUID ruleId,
        UUID patientId,
        Instant dueAt,
        Instant usefulUntil) {}
