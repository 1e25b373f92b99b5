package app.recado.conversations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations a list shows; null leaves something open.
 *
 * @param account whose list it is, for what is unread
 * @param turn of those that are going on
 * @param assignee {@code me}, {@code none}, or an account
 * @param patientId those with somebody of the register
 * @param from last said then or later
 * @param to last said before then
 */
record ConversationFilter(
        String account,
        @Nullable ConversationTurn turn,
        @Nullable ConversationState state,
        @Nullable String assignee,
        @Nullable String label,
        @Nullable UUID teamId,
        @Nullable UUID lineId,
        @Nullable UUID patientId,
        @Nullable Instant from,
        @Nullable Instant to) {}
