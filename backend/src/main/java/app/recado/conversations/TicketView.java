package app.recado.conversations;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of the clinic, and how far it came.
 *
 * @param number by which people name it; counts from 1 in each clinic
 * @param contact who wants it
 * @param patients whom of the register that is; empty for people who are no patients
 * @param conversationId where it was asked
 * @param state how far it came
 * @param openedAt when it was opened
 * @param category what it is about; null when nobody knows
 * @param categoryBy who said so: staff, a rule of the clinic, or the model; null without a category
 * @param assignee who takes care of its conversation, as they are called; null for nobody
 * @param openedBy who opened it, as they are called; null when a message did
 * @param firstAnsweredAt when a person first answered since it was opened; null while nobody did
 * @param acknowledgedAt when the other side was told that it was received; null while nobody told them
 * @param closedAt when it was closed; null unless it is
 * @param pictures inbound messages with the pictures sent for it, oldest first, fifty at most; from a day before it was opened
 */
@Schema(name = "Ticket")
record TicketView(
        UUID id,
        @Schema(example = "128") long number,
        UUID conversationId,
        ConversationView.ContactRef contact,
        List<ConversationView.PatientRef> patients,
        @Nullable TicketCategory category,
        TicketCategory.@Nullable By categoryBy,
        TicketState state,
        @Nullable String assignee,
        Instant openedAt,
        @Nullable String openedBy,
        @Nullable Instant firstAnsweredAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant closedAt,
        List<UUID> pictures,
        long version)
        implements Versioned {

    /** Names and numbers belong to a patient: never printed. */
    @Override
    public String toString() {
        return "TicketView[id=" + id + ", state=" + state + "]";
    }
}
