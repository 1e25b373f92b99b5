package app.recado.conversations;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What whoever speaks by itself may know of conversations, and how it leaves them to people. Needs an open transaction. */
public interface AutomaticThreads {

    /**
     * What somebody wrote.
     *
     * @param phone E.164; null while it is not known
     * @param text null for things without words
     * @param choiceId the id of the button that was tapped; null for none
     * @param attachment whether it holds a picture or a file
     * @param first whether it is the first that they wrote on that line
     * @param receivedAt when it arrived here
     */
    record Heard(
            UUID id,
            UUID conversationId,
            UUID contactId,
            UUID lineId,
            @Nullable String phone,
            String kind,
            @Nullable String text,
            @Nullable String choiceId,
            boolean attachment,
            boolean first,
            Instant receivedAt) {
        @Override
        public String toString() {
            return "Heard[id=" + id + "]";
        }
    }

    /** Empty for what is gone by now, and for what belongs to no conversation. */
    Optional<Heard> heard(UUID inboundId);

    /** Whether it is the first that somebody wrote on that line. */
    boolean isFirst(UUID inboundId, UUID contactId, UUID lineId);

    /** Whether something that somebody wrote answers a campaign: it quotes a message of one, or one was said to them last. */
    boolean answersCampaign(UUID inboundId);

    /**
     * Opens a ticket of a conversation, of which they are told at once; people are called. Where one is open already it goes on.
     *
     * @return its number, which the other side is told
     */
    long openTicket(UUID conversationId);

    /** Whether somebody of the clinic has the conversation, is asked for, or answered today: then nothing is said by itself. */
    boolean withPerson(UUID contactId, UUID lineId);

    /** A message that was taken waits for a person after all.
     *
     * @param reason a code that says why
     * @param asked whether a person is called for as well, with a deadline */
    void leaveToPerson(UUID inboundId, String reason, boolean asked);

    /**
     * Whom a conversation is with.
     *
     * @param phone E.164; null while it is not known
     */
    record Thread(UUID contactId, UUID lineId, @Nullable String phone) {
        @Override
        public String toString() {
            return "Thread[contactId=" + contactId + "]";
        }
    }

    /** Empty for unknown ids and for conversations of other organizations alike. */
    Optional<Thread> thread(UUID conversationId);
}
