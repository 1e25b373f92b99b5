package app.recado.conversations;

import app.recado.kernel.Versioned;
import app.recado.messaging.MessageState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is said between the clinic and one person on one line, as the inbox lists it.
 *
 * @param contact the other side, patient or not
 * @param line the clinic's line
 * @param patients whom of the register this is: one who was linked by hand, or everybody reached at the number; empty for
 *     people who are no patients
 * @param linked somebody said which patient this is
 * @param turn who is expected to say something next; null for conversations that are snoozed or resolved
 * @param priority what goes first among those that wait
 * @param waitingSince since when somebody waits for an answer of the clinic; null while nobody does
 * @param snoozedUntil when it comes back by itself; null unless it is snoozed
 * @param assignee who takes care of it; null for nobody
 * @param team which team it is of; null for none
 * @param responseWarnAt when people are called because nobody answered; null without a measure, and while nobody waits
 * @param responseDueAt until when whoever waits is to be answered; null likewise
 * @param labels in alphabetical order
 * @param unread the other side said something since the caller looked last
 * @param mentioned somebody mentioned the caller in a note since then
 * @param handOver that it asks for a person; null when it does not, or somebody came
 * @param openedAt when it was opened last
 * @param firstResponseAt when a person first answered since then; null while nobody did
 * @param resolvedAt when it was resolved; null unless it is
 * @param lastAt when somebody of either side last said something in it
 * @param last what was said last; null when nothing is kept
 * @param lastAnswerId the entry with the clinic's last answer, which whoever answers names; null when there is none
 */
@Schema(name = "Conversation")
record ConversationView(
        UUID id,
        ContactRef contact,
        LineRef line,
        List<PatientRef> patients,
        boolean linked,
        ConversationState state,
        @Nullable ConversationTurn turn,
        ConversationPriority priority,
        @Nullable Instant waitingSince,
        @Nullable Instant snoozedUntil,
        @Nullable Assignee assignee,
        @Nullable TeamRef team,
        @Nullable Instant responseWarnAt,
        @Nullable Instant responseDueAt,
        List<String> labels,
        boolean unread,
        boolean mentioned,
        @Nullable HandOverOfConversation handOver,
        Instant openedAt,
        @Nullable Instant firstResponseAt,
        @Nullable Instant resolvedAt,
        Instant lastAt,
        @Nullable Last last,
        @Nullable UUID lastAnswerId,
        long version)
        implements Versioned {

    /**
     * The other side.
     *
     * @param name as they call themselves; null when they do not
     * @param phone in E.164; null while nobody knows it
     */
    @Schema(name = "ContactOfConversation")
    record ContactRef(
            UUID id, @Nullable String name, @Nullable String phone) {}

    /** The line it is on. */
    @Schema(name = "LineOfConversation")
    record LineRef(UUID id, String name) {}

    /** Somebody of the register. */
    @Schema(name = "PatientOfConversation")
    record PatientRef(UUID id, String displayName) {}

    /**
     * Who takes care of it.
     *
     * @param memberId their account
     * @param you whether that is the caller
     */
    @Schema(name = "AssigneeOfConversation")
    record Assignee(String memberId, String name, boolean you) {}

    /**
     * The team that takes care of it.
     *
     * @param name as people call it
     */
    @Schema(name = "TeamOfConversation")
    record TeamRef(UUID id, String name) {}

    /**
     * What was said last.
     *
     * @param by who said it
     * @param kind what it is made of, as in messages of either direction
     * @param text its words; null for things without words
     * @param state how far it came; null for what the other side said
     */
    @Schema(name = "LastOfConversation")
    record Last(
            Instant at,
            Speaker by,
            @Schema(example = "text") String kind,
            @Nullable String text,
            @Nullable MessageState state) {
        @Override
        public String toString() {
            return "Last[by=" + by + "]";
        }
    }

    /**
     * That a person is asked for.
     *
     * @param cause who asked
     * @param requestedAt when
     * @param deadlineAt when the patient is told that nobody came
     * @param timedOut nobody came in time, and the patient was told
     */
    @Schema(name = "HandOver")
    record HandOverOfConversation(HandOvers.Cause cause, Instant requestedAt, Instant deadlineAt, boolean timedOut) {}

    /** Names, numbers and words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "ConversationView[id=" + id + ", state=" + state + "]";
    }
}
