package app.recado.scheduling;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * The latest message about an appointment, for a glance at the agenda.
 *
 * @param kind the occasion
 * @param state how far it came, for example {@code delivered}
 * @param at when it came that far
 */
public record MessageSummary(
        @Schema(
                allowableValues = {
                    "confirmation",
                    "reminder",
                    "cancellation",
                    "reschedule",
                    "offer",
                    "followup",
                    "survey",
                    "missed",
                    "recall",
                    "manual",
                    "consent",
                    "verification",
                    "hand-over",
                    "flow"
                })
        String kind,

        @Schema(ref = "#/components/schemas/MessageState") String state,
        Instant at) {}
