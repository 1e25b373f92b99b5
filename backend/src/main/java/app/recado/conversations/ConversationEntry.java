package app.recado.conversations;

import app.recado.messaging.MessageState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands in a conversation. Exactly one of the four parts is there, as {@code kind} says.
 *
 * @param kind which part it is
 * @param at when it was said or happened
 * @param quotedId the entry that it quotes; null when it quotes none, or nothing that is kept
 * @param targetId the entry on which a reaction stands; null for everything else
 * @param inbound what the other side said, or the clinic on its own phone
 * @param outbound what left through Recado
 * @param note what the people of the clinic wrote for each other
 * @param event what happened to the conversation itself
 */
@Schema(name = "ConversationEntry")
record ConversationEntry(
        UUID id,

        @Schema(allowableValues = {"inbound", "outbound", "note", "event"})
        String kind,

        Instant at,
        @Nullable UUID quotedId,
        @Nullable UUID targetId,
        @Nullable InboundView inbound,
        @Nullable Outbound outbound,
        @Nullable Note note,
        @Nullable EventOfConversation event) {

    static final String INBOUND = "inbound";
    static final String OUTBOUND = "outbound";
    static final String NOTE = "note";
    static final String EVENT = "event";

    /**
     * A message of the clinic's.
     *
     * @param occasion why it was sent; {@code manual} for what staff wrote
     * @param appointmentId the visit it is about; null for none
     * @param text its words; null for things without words
     * @param contentKind what it is made of
     * @param fileName of a document; null otherwise
     * @param file what goes with it; null for nothing
     * @param reason why it is in that state; null when the state says enough
     * @param author who of the clinic wrote it, as far as that is known; null for Recado
     */
    @Schema(name = "OutboundEntry")
    record Outbound(
            @Schema(example = "reminder") String occasion,
            @Nullable UUID appointmentId,
            @Nullable String text,
            @Schema(example = "text") String contentKind,
            @Nullable String fileName,
            @Nullable SentFile file,
            MessageState state,
            @Nullable String reason,
            @Nullable String author,
            long version) {
        @Override
        public String toString() {
            return "Outbound[state=" + state + "]";
        }
    }

    /**
     * A file that goes with a message.
     *
     * @param contentType found by its content
     * @param size bytes
     * @param seconds how long a voice note is; null for everything else
     */
    @Schema(name = "SentFile")
    record SentFile(
            @Schema(example = "audio/ogg") String contentType,
            long size,
            @Nullable Integer seconds) {}

    /**
     * A note.
     *
     * @param author who wrote it, as they are called
     * @param mentions the accounts it is for above all
     */
    @Schema(name = "NoteEntry")
    record Note(String text, String author, List<String> mentions) {
        @Override
        public String toString() {
            return "Note";
        }
    }

    /**
     * What happened.
     *
     * @param actor who did it; null when it happened by itself
     * @param detail the assignee's name, the labels, the instant until which it is snoozed, or the patient's name; null for
     *     none
     */
    @Schema(name = "EventEntry")
    record EventOfConversation(
            @Schema(
                    allowableValues = {
                        "opened",
                        "reopened",
                        "resolved",
                        "snoozed",
                        "woken",
                        "left-to-recado",
                        "assigned",
                        "unassigned",
                        "priority",
                        "labels",
                        "linked",
                        "unlinked",
                        "handed-over",
                        "team"
                    })
            String kind,

            @Nullable String actor,
            @Nullable String detail) {}

    /** What it holds belongs to a patient: never printed. */
    @Override
    public String toString() {
        return "ConversationEntry[id=" + id + ", kind=" + kind + "]";
    }
}
