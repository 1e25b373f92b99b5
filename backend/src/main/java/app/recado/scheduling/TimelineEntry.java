package app.recado.scheduling;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened around an appointment.
 *
 * @param at when it happened
 * @param kind {@code appointment-booked}, {@code appointment-moved}, {@code appointment-cancelled}, {@code
 *     appointment-arrived}, {@code appointment-checked-in}, {@code appointment-fulfilled}, {@code appointment-noshow},
 *     {@code appointment-accepted}, {@code appointment-declined}, {@code appointment-tentative}, {@code
 *     appointment-needs-action}, {@code appointment-answer-restored}, {@code message} or {@code answer}
 * @param messageId the message it concerns; null for steps of the appointment itself
 * @param messageKind the occasion of that message, for example {@code reminder}
 * @param state the state the message reached
 * @param reason of the appointment's own steps, who acted ({@code patient} or {@code staff}); of a message, why it failed
 * @param text the patient's words, or why staff cancelled
 */
public record TimelineEntry(
        Instant at,
        String kind,
        @Nullable UUID messageId,
        @Nullable String messageKind,
        @Nullable String state,
        @Nullable String reason,
        @Nullable String text) {}
