package app.recado.messaging;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Recado says by itself in a conversation, on the line it is on. It takes the way of every message and answers nothing. */
public interface AutomaticReplies {

    /**
     * Keeps a sentence to be sent at once. Part of the caller's transaction.
     *
     * @param contactId whom the conversation is with
     * @param patientId the only patient with the contact's number; null otherwise
     */
    void tell(UUID contactId, @Nullable UUID patientId, UUID lineId, String text);

    /**
     * Keeps what a flow says, to be sent at once. Part of the caller's transaction.
     *
     * @param contactId whom the conversation is with
     * @param patientId the only patient with the contact's number; null otherwise
     * @param buttons what may be tapped, at most three; left out on lines without buttons, so the words name them too
     */
    void say(UUID contactId, @Nullable UUID patientId, UUID lineId, String text, List<Tap> buttons);

    /**
     * A button.
     *
     * @param id what comes back when it is tapped
     * @param title at most 20 characters
     */
    record Tap(String id, String title) {}
}
