package app.recado.conversations;

import app.recado.messaging.ManualContent;
import app.recado.messaging.MessageState;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Conversations for a system beside Recado in which the clinic's people answer, too: what was said, and what they do there.
 * Needs an open transaction.
 */
public interface BridgedConversations {

    /**
     * Whom a conversation is with.
     *
     * @param name the only patient with the number, else what they call themselves; null when neither is known
     * @param phone E.164; null while it is not known
     * @param state as it stands in the API
     */
    record Thread(
            UUID id,
            UUID contactId,
            UUID lineId,
            @Nullable String name,
            @Nullable String phone,
            String state) {
        @Override
        public String toString() {
            return "Thread[id=" + id + "]";
        }
    }

    /** Empty for unknown ids and for conversations of other organizations alike. */
    Optional<Thread> thread(UUID conversationId);

    /** The conversation of somebody on a line; empty when there is none. */
    Optional<Thread> threadOf(UUID contactId, UUID lineId);

    /** The conversation with a number on a line, which begins now when there is none. @param phone E.164 */
    Optional<Thread> threadWith(String phone, UUID lineId);

    /**
     * A file that was sent.
     *
     * @param key where it lies in the media store
     * @param name as its sender called it; null when it has none
     */
    record File(
            String key,
            String contentType,
            long size,
            @Nullable String name) {
        @Override
        public String toString() {
            return "File[contentType=" + contentType + ", size=" + size + "]";
        }
    }

    /**
     * Something that was said.
     *
     * @param fromClinic whether the clinic said it
     * @param kind of what was received, or why it was sent; {@code reaction} for signs of either side
     * @param text its words, or the sign; null for none and for a sign that was taken away
     * @param file what goes with it and is kept; null for none
     * @param filePending whether a file is still to come
     * @param place a place in the words of a map's address; null for none
     * @param quotedId the entry that it quotes or is about; null when there is none, or it is not kept
     * @param author who of the clinic wrote it, as far as that is known; null for Recado and for the other side
     * @param state how far a message of the clinic's came; null for what was received
     */
    record Entry(
            UUID id,
            UUID conversationId,
            boolean fromClinic,
            String kind,
            @Nullable String text,
            @Nullable File file,
            boolean filePending,
            @Nullable String place,
            @Nullable UUID quotedId,
            @Nullable String author,
            @Nullable MessageState state,
            Instant at) {
        @Override
        public String toString() {
            return "Entry[id=" + id + "]";
        }
    }

    /** What was received; empty for what is gone and for groups. */
    Optional<Entry> received(UUID inboundId);

    /** What was sent through Recado; empty for what belongs to no conversation and for codes. */
    Optional<Entry> sent(UUID messageId);

    /** The state of the least far of some messages, and why it failed.
     *
     * @param reason a code; null when the state says enough */
    record Delivery(MessageState state, @Nullable String reason) {}

    /** Empty when none of them is there any more. */
    Optional<Delivery> delivery(Collection<UUID> messageIds);

    /**
     * Somebody who works in the other system.
     *
     * @param account names the system and the person in it, for example {@code chatwoot:7}; never an account of Recado's
     * @param name as they are called there
     */
    record Outsider(String account, String name) {}

    /**
     * They answered. Nobody asks them what a colleague here wrote meanwhile: they have sent it already.
     *
     * @param quotedId the entry that it answers; left out where the line cannot quote; null for none
     * @return the message
     * @throws app.recado.kernel.ProblemException as an answer in Recado is refused
     */
    UUID reply(UUID conversationId, ManualContent content, @Nullable UUID quotedId, Outsider by);

    /** They say that it is over, or that it goes on. Nothing changes for one that is in that state. */
    void resolve(UUID conversationId, Outsider by);

    void reopen(UUID conversationId, Outsider by);
}
