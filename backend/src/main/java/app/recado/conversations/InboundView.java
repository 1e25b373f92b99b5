package app.recado.conversations;

import app.recado.kernel.Versioned;
import app.recado.whatsapp.InboundReceived.Call;
import app.recado.whatsapp.InboundReceived.ContactCard;
import app.recado.whatsapp.InboundReceived.Location;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message somebody wrote, as the console shows it.
 *
 * @param patient whom it is from; null when that is not certain, as with numbers shared by a family
 * @param phone the other side in E.164; null when the network did not tell
 * @param kind what it is made of
 * @param chatKind whether one person wrote, or somebody in a group
 * @param fromMe typed on the clinic's own phone
 * @param sentAt when it was written
 * @param receivedAt when it was stored here
 * @param reason {@code ambiguous, several-visits, not-understood, flow-handed-over, flow-failed, assistant, with-person, no-live-notification, superseded, not-awaited, ask-staff, older-answer,
 *     edited, revoked, reaction-taken-back, answer-withdrawn, missed-call, call-taken, open-phone, identity-changed,
 *     identity-accepted, group,
 *     own-message, unsupported-kind, unknown-sender, said-since}; null when the outcome says enough
 * @param appointmentId the visit it is about, as far as that is certain
 * @param handledBy the member of staff who took care of it
 * @param attachment a picture, voice note or document; null when there is none
 * @param location a place; null when there is none
 * @param contacts cards of people; empty when there are none
 * @param contactId who wrote it, patient or not; null in groups and when nobody knows
 * @param call how somebody called, at {@code sentAt}; null unless it is a call
 * @param unavailable why only the phone can show it; null when it is here
 * @param earlierTexts what it said before it was edited, oldest first
 * @param editedAt when its words were changed last; null when they never were
 * @param revokedAt when whoever wrote it took it back; null when they did not
 * @param newPhone the number they have now, in E.164; null unless they changed it
 */
record InboundView(
        UUID id,
        @Nullable PatientRef patient,
        @Nullable String phone,
        @Nullable String senderName,
        @Nullable String text,

        @Schema(
                allowableValues = {
                    "text",
                    "image",
                    "audio",
                    "video",
                    "document",
                    "location",
                    "contact",
                    "reaction",
                    "sticker",
                    "call",
                    "unavailable",
                    "identity-changed",
                    "other"
                })
        String kind,

        @Schema(allowableValues = {"direct", "group"}) String chatKind,

        boolean fromMe,
        Instant sentAt,
        Instant receivedAt,
        Outcome outcome,
        @Nullable String reason,
        @Nullable UUID appointmentId,
        @Nullable Instant handledAt,
        @Nullable String handledBy,
        @Nullable Attachment attachment,
        @Nullable Location location,
        List<ContactCard> contacts,
        @Nullable UUID contactId,
        @Nullable Call call,

        @Schema(allowableValues = {"view-once", "not-decrypted", "not-sent", "not-supported"}) @Nullable String unavailable,

        List<WrittenMessages.EarlierText> earlierTexts,
        @Nullable Instant editedAt,
        @Nullable Instant revokedAt,
        @Nullable String newPhone,
        long version)
        implements Versioned {

    /**
     * A file that came with it.
     *
     * @param kind what it is
     * @param state {@code pending} while it is being fetched, then {@code stored}, {@code too-large} (over 16 MB),
     *     {@code refused} (of a kind that is not kept) or {@code unavailable} (the network no longer has it)
     * @param contentType by its content once it is stored, before that as its sender says; null when unknown
     * @param size bytes; null when unknown
     */
    record Attachment(
            @Schema(allowableValues = {"image", "audio", "video", "document", "sticker"})
            String kind,

            @Schema(allowableValues = {"pending", "stored", "too-large", "refused", "unavailable"})
            String state,

            @Nullable String contentType,
            @Nullable Long size,
            @Nullable String fileName) {

        static final String PENDING = "pending";
    }

    /** Whom it is from. */
    @Schema(name = "PatientOfInbound")
    record PatientRef(UUID id, String displayName) {}

    /** Names, numbers and words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "InboundView[id=" + id + ", outcome=" + outcome + "]";
    }
}
