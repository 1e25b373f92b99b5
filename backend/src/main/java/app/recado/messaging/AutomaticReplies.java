package app.recado.messaging;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Recado says by itself in a conversation, on the line it is on. It takes the way of every message and answers nothing. */
public interface AutomaticReplies {

    /**
     * Keeps a sentence to be sent at once. Part of the caller's transaction.
     *
     * @param contactId whom the conversation is with
     * @param patientId the only patient with the contact's number; null otherwise
     * @return the message
     */
    UUID tell(UUID contactId, @Nullable UUID patientId, UUID lineId, String text);

    /**
     * Keeps what a flow says, to be sent at once. Part of the caller's transaction.
     *
     * @param contactId whom the conversation is with
     * @param patientId the only patient with the contact's number; null otherwise
     * @param choices what may be tapped, at most three as buttons and ten as a list; left out on lines without buttons, so the
     *     words name them too
     * @param list what opens them as a list, at most 20 characters; null for buttons
     */
    void say(
            UUID contactId,
            @Nullable UUID patientId,
            UUID lineId,
            String text,
            List<Tap> choices,
            @Nullable String list);

    /**
     * The same for what is more than words: a place, a picture, a file.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a file that is gone; see {@link #fileType}
     */
    void send(UUID contactId, @Nullable UUID patientId, UUID lineId, ManualContent content);

    /** The kind of a file that was uploaded, as a media type; empty when there is none. Needs an open transaction. */
    Optional<String> fileType(UUID mediaId);

    /** These files are sent again and again: they do not go for their age. Unknown ones are passed over. */
    void keepFiles(Collection<UUID> mediaIds);

    /**
     * A button.
     *
     * @param id what comes back when it is tapped
     * @param title at most 20 characters; of a list at most 72, of which the first 24 stand in bold
     */
    record Tap(String id, String title) {}
}
