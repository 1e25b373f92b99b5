package app.recado.messaging;

import app.recado.kernel.Versioned;
import app.recado.kernel.security.ContactData;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as the console shows it.
 *
 * @param kind the occasion; {@code manual} for what staff wrote, {@code consent} for Recado's answer to an opt-out or an opt-in,
 *     {@code verification} for a code that proves whose a phone is, {@code campaign} for a campaign, {@code hand-over} when nobody
 *     could answer in time, {@code flow} for what a flow says
 * @param appointmentId the visit it is about; null where it is about none
 * @param patient whom it is for; null for a contact
 * @param contact whom it is for; null for a patient
 * @param phone where it was sent, in E.164; null until it was handed over, and while nobody knows the contact's
 * @param text what was sent; null until it was handed over, because it is worded at the moment of sending
 * @param contentKind {@code text}, {@code image}, {@code document}, {@code voice}, {@code location}, {@code contact} or {@code reaction}
 * @param fileName of a document; null otherwise
 * @param reason why it is in that state: {@code quiet-hours, line-down, opted-out, no-phone, no-address, patient-gone, restricted,
 *     patient-declined, already-told, answered, overtaken, rule-changed, appointment-gone, appointment-…, too-late, superseded,
 *     not-on-whatsapp, recipient-not-allowed,
 *     rejected-by-network, rate-limited, line-logged-out, no-acknowledgement, found-sending-at-start, command-differs,
 *     refused-by-gateway, engine-error, line-unknown, cannot-be-prepared, template-gone, campaign-cancelled, campaign-paused, no-marketing-consent, rate-limited, pair-rate,
 *     restored-from-backup, settled-by-staff, companion-changed, budget-reached}; null when the state needs none
 * @param dueAt when it should leave
 * @param usefulUntil it is not sent at or after this instant
 * @param template which text it was worded from; null until then, and for what was written by hand
 * @param carriedBy the message that told this visit, too, because several of a household were told at once; null when it
 *     left by itself
 * @param steps every state it went through; only on a single message, null in lists
 */
record MessageView(
        UUID id,
        @Schema(allowableValues = {"outbound"}) String direction,

        @Schema(
                allowableValues = {
                    "confirmation",
                    "reminder",
                    "cancellation",
                    "reschedule",
                    "offer",
                    "followup",
                    "survey",
                    "missed",
                    "recall",
                    "manual",
                    "consent",
                    "verification",
                    "campaign",
                    "hand-over",
                    "flow"
                })
        String kind,

        @Nullable UUID appointmentId,
        @Nullable PatientRef patient,
        @Nullable ContactRef contact,
        @ContactData @Nullable String phone,
        @Nullable String text,

        @Schema(allowableValues = {"text", "image", "document", "voice", "location", "contact", "reaction"})
        String contentKind,

        @Nullable String fileName,
        MessageState state,
        @Nullable String reason,
        Instant dueAt,
        Instant usefulUntil,
        Instant createdAt,
        Instant updatedAt,
        @Nullable TemplateOf template,
        @Nullable UUID carriedBy,
        @Nullable List<StepView> steps,
        long version)
        implements Versioned {

    static final String OUTBOUND = "outbound";

    /** Whom it is for. */
    @Schema(name = "PatientOfMessage")
    record PatientRef(UUID id, String displayName) {}

    /**
     * Somebody who is no patient.
     *
     * @param name as they call themselves; null when they do not
     */
    @Schema(name = "ContactOfMessage")
    record ContactRef(UUID id, @Nullable String name) {}

    /**
     * Which text a message was worded from.
     *
     * @param id the text, which is of one language
     * @param number of its published version; 0 is Recado's own text
     */
    @Schema(name = "TemplateOfMessage")
    record TemplateOf(UUID id, @Schema(example = "3") int number) {}

    /**
     * One state that a message went through.
     *
     * @param at when it came that far
     */
    record StepView(
            MessageState state, Instant at, @Nullable String reason) {}

    MessageView with(List<StepView> allSteps) {
        return new MessageView(
                id,
                direction,
                kind,
                appointmentId,
                patient,
                contact,
                phone,
                text,
                contentKind,
                fileName,
                state,
                reason,
                dueAt,
                usefulUntil,
                createdAt,
                updatedAt,
                template,
                carriedBy,
                allSteps,
                version);
    }
}
