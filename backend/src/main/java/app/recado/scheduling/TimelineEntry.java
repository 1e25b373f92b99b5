package app.recado.scheduling;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened around an appointment.
 *
 * @param at when it happened
 * @param kind what happened
 * @param messageId the message it concerns; null for steps of the appointment itself
 * @param messageKind the occasion of that message, for example {@code reminder}
 * @param state of a message how far it came, of an answer what it led to; null for steps of the appointment itself
 * @param reason of the appointment's own steps, who acted ({@code patient} or {@code staff}); of a message, why it failed
 * @param text the patient's words, or why staff cancelled
 */
public record TimelineEntry(
        Instant at,

        @Schema(
                allowableValues = {
                    "appointment-requested",
                    "appointment-booked",
                    "appointment-imported",
                    "appointment-moved",
                    "appointment-cancelled",
                    "appointment-reinstated",
                    "appointment-arrived",
                    "appointment-checked-in",
                    "appointment-fulfilled",
                    "appointment-noshow",
                    "appointment-accepted",
                    "appointment-declined",
                    "appointment-tentative",
                    "appointment-needs-action",
                    "appointment-answer-restored",
                    "appointment-insurance-changed",
                    "appointment-room-changed",
                    "appointment-length-changed",
                    "appointment-fields-changed",
                    "appointment-note-changed",
                    "appointment-no-show-explained",
                    "appointment-overbooked",
                    "appointment-deposit-due",
                    "appointment-deposit-paid",
                    "appointment-deposit-waived",
                    "appointment-deposit-lapsed",
                    "message",
                    "answer"
                })
        String kind,

        @Nullable UUID messageId,

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
        @Nullable String messageKind,

        @Schema(
                allowableValues = {
                    "planned",
                    "queued",
                    "handed",
                    "accepted",
                    "sending",
                    "unknown",
                    "expired",
                    "withdrawn",
                    "superseded",
                    "suppressed",
                    "failed",
                    "sent",
                    "delivered",
                    "read",
                    "declined",
                    "cancelled",
                    "opted-out",
                    "opted-in",
                    "in-flow",
                    "rated",
                    "for-staff",
                    "ignored"
                })
        @Nullable String state,

        @Nullable String reason,
        @Nullable String text) {}
