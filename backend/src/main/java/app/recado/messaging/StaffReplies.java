package app.recado.messaging;

import app.recado.kernel.media.Media;
import app.recado.whatsapp.Quoted;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what staff answer in a conversation; it takes the way of every message written by hand. */
public interface StaffReplies {

    /**
     * What was written.
     *
     * @param id the message
     * @param at when it was written
     * @param text its words; null for things without words
     */
    record Reply(UUID id, Instant at, @Nullable String text) {
        @Override
        public String toString() {
            return "Reply[id=" + id + "]";
        }
    }

    /**
     * Keeps an answer to be sent at once. Part of the caller's transaction.
     *
     * @param contactId whom the conversation is with
     * @param patientId the only patient with the contact's number, whose message it is then; null otherwise
     * @param quoting the message that it answers; null for none
     * @param by the account that wrote it
     * @throws app.recado.kernel.ProblemException {@code invalid-fields}, {@code line-unknown}, {@code window-closed},
     *     {@code patient-restricted}: write from the card of the patient, where that is asked
     */
    Reply reply(
            UUID contactId,
            @Nullable UUID patientId,
            UUID lineId,
            ManualContent content,
            @Nullable Quoted quoting,
            String by);

    /**
     * Keeps a sign at a message to be sent at once. Part of the caller's transaction.
     *
     * @param emoji empty takes back the one that stands there
     * @throws app.recado.kernel.ProblemException as an answer is refused
     */
    Reply react(UUID contactId, @Nullable UUID patientId, UUID lineId, Quoted to, String emoji, String by);

    /** Makes a file known that was kept to be sent. Part of the caller's transaction.
     *
     * @return its id for {@link ManualContent} */
    UUID attach(Media.Stored file);
}
