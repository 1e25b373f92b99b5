package app.recado.scheduling;

import java.time.Instant;

/**
 * The latest message about an appointment, for a glance at the agenda.
 *
 * @param kind {@code confirmation}, {@code reminder}, {@code cancellation} or {@code reschedule}
 * @param state how far it came, for example {@code delivered}
 * @param at when it came that far
 */
public record MessageSummary(String kind, String state, Instant at) {}
