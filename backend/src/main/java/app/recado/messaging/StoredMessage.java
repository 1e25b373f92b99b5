package app.recado.messaging;

import app.recado.kernel.SqlTime;
import app.recado.templates.TemplateKind;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the outbox as it was read.
 *
 * @param patientId whom it is for; null for a contact
 * @param contactId whom it is for; null for a patient
 * @param ruleId why it was planned; null for corrections and for what somebody wrote
 * @param lineId the line it left on, or that somebody chose for it; null for the default one
 * @param phone where it was sent, in E.164; null until it was handed over, and while nobody knows the contact's phone
 * @param recipient how it was addressed where that was by no phone; see {@link app.recado.whatsapp.Recipient}
 * @param text what was sent in words; null until it was handed over, and for things without words
 * @param content what somebody of the clinic wants to send, or what was chosen when a message of ours was worded and is more
 *     than its words; null for words alone
 * @param nextAttemptAt when the worker has to do something about it; null when there is nothing to do
 * @param outAt when the patient may have seen it first
 * @param supersededAt when its subject moved on, whatever had become of the message by then
 * @param withdrawReason why it must be taken back from the gateway; null when it need not be
 * @param retriedBy the message that replaced it
 * @param priority inside its clinic the lower number goes first
 * @param attempts calls to the engine that brought it no further, since the last one that did
 * @param holdsConversation nothing else leaves in this conversation before it is settled
 * @param engineMessageId the id by which its engine speaks of it; null when that is ours, or not known yet
 * @param leadId the message that carries what this one tells; null when it leaves by itself
 * @param leads it carries others
 */
record StoredMessage(
        UUID id,
        UUID subjectId,
        long subjectVersion,
        String kind,
        @Nullable UUID ruleId,
        int attempt,
        @Nullable UUID patientId,
        @Nullable UUID contactId,
        @Nullable String says,
        MessageState state,
        @Nullable String reason,
        Instant dueAt,
        Instant usefulUntil,
        @Nullable Instant nextAttemptAt,
        @Nullable UUID lineId,
        @Nullable String providerMessageId,
        @Nullable String phone,
        @Nullable String recipient,
        @Nullable String text,
        @Nullable Payload content,
        @Nullable Instant notAfter,
        @Nullable Instant outAt,
        @Nullable Instant supersededAt,
        @Nullable String withdrawReason,
        @Nullable UUID retriedBy,
        int priority,
        int attempts,
        boolean holdsConversation,
        @Nullable String engineMessageId,
        @Nullable UUID leadId,
        boolean leads,
        long version) {

    /** What a message is called that somebody of the clinic wrote. */
    static final String MANUAL = "manual";

    static final int TAKE_BACK = 0;
    static final int FINISH_CALL = 1;

    /** What a message is called by which Recado answers an opt-out or an opt-in. */
    static final String CONSENT = "consent";

    /** What a message of a campaign is called. */
    static final String CAMPAIGN = "campaign";

    /** What a message is called that brings a code by which somebody proves that a phone is theirs. */
    static final String VERIFICATION = "verification";

    /** What a message is called by which Recado says that nobody could take over a conversation yet. */
    static final String HAND_OVER = "hand-over";

    /** What a message is called that a flow says. */
    static final String FLOW = "flow";

    private static final Set<String> WRITTEN = Set.of(MANUAL, CONSENT, VERIFICATION, HAND_OVER, FLOW);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static final String COLUMNS = """
            id, subject_id, subject_version, kind, rule_id, attempt, patient_id, contact_id, says, state, reason, due_at, useful_until,
            next_attempt_at, line_id, provider_message_id, phone, recipient, text, content, not_after, out_at, superseded_at, withdraw_reason, retried_by,
            priority, attempts, holds_conversation, engine_message_id, lead_id, leads, version
            """;

    static StoredMessage of(ResultSet row, int n) throws SQLException {
        return new StoredMessage(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getLong("subject_version"),
                row.getString("kind"),
                row.getObject("rule_id", UUID.class),
                row.getInt("attempt"),
                row.getObject("patient_id", UUID.class),
                row.getObject("contact_id", UUID.class),
                row.getString("says"),
                MessageState.of(row.getString("state")),
                row.getString("reason"),
                SqlTime.instant(row, "due_at"),
                SqlTime.instant(row, "useful_until"),
                SqlTime.instantOrNull(row, "next_attempt_at"),
                row.getObject("line_id", UUID.class),
                row.getString("provider_message_id"),
                row.getString("phone"),
                row.getString("recipient"),
                row.getString("text"),
                row.getString("content") instanceof String json ? JSON.readValue(json, Payload.class) : null,
                SqlTime.instantOrNull(row, "not_after"),
                SqlTime.instantOrNull(row, "out_at"),
                SqlTime.instantOrNull(row, "superseded_at"),
                row.getString("withdraw_reason"),
                row.getObject("retried_by", UUID.class),
                row.getInt("priority"),
                row.getInt("attempts"),
                row.getBoolean("holds_conversation"),
                row.getString("engine_message_id"),
                row.getObject("lead_id", UUID.class),
                row.getBoolean("leads"),
                row.getLong("version"));
    }

    TemplateKind templateKind() {
        return TemplateKind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    DueMessage due() {
        return new DueMessage(id, subjectId, subjectVersion, templateKind(), ruleId, ofPatient(), dueAt, usefulUntil);
    }

    Addressee addressee() {
        return new Addressee(patientId, contactId);
    }

    /** The patient; only of messages about visits, which are for patients alone. */
    UUID ofPatient() {
        return Objects.requireNonNull(patientId, "A message about a visit is for a patient");
    }

    /** Written by somebody of the clinic. */
    boolean isManual() {
        return kind.equals(MANUAL);
    }

    boolean isCampaign() {
        return kind.equals(CAMPAIGN);
    }

    /** Its subject is a visit. */
    static boolean isAboutVisit(String kind) {
        return !isWritten(kind) && !kind.equals(CAMPAIGN);
    }

    /** What the worker does next with it, most urgent first. */
    int rank(MessageState next) {
        if (mustBeWithdrawn()) {
            return TAKE_BACK;
        }
        return next == MessageState.HANDED ? FINISH_CALL : priority;
    }

    /** It tells of a visit to come, by a rule. */
    boolean isReminder() {
        return kind.equals(TemplateKind.REMINDER.wireName()) && ruleId != null;
    }

    /** Its words stand in it from the beginning, and it is about no appointment. */
    boolean isWritten() {
        return isWritten(kind);
    }

    static boolean isWritten(String kind) {
        return WRITTEN.contains(kind);
    }

    boolean mustBeWithdrawn() {
        return withdrawReason != null;
    }

    /** Exactly what was handed over the first time, so that a repetition has the same hash. */
    Command command() {
        return new Command(
                Objects.requireNonNull(lineId),
                id,
                Objects.requireNonNull(providerMessageId),
                Objects.requireNonNull(recipient == null ? phone : recipient),
                content == null ? new Payload.Text(Objects.requireNonNull(text)) : content,
                Objects.requireNonNullElse(notAfter, usefulUntil));
    }

    /** The same for a message that is being handed over now. */
    Command command(MessageChange.Handing handing) {
        var chosen = isWritten() ? content : handing.content();
        return new Command(
                handing.lineId(),
                id,
                handing.providerMessageId(),
                handing.recipient(),
                chosen == null ? new Payload.Text(Objects.requireNonNull(handing.text())) : chosen,
                handing.notAfter());
    }

    /** Number and words belong to a patient: never printed. */
    @Override
    public String toString() {
        return "StoredMessage[id=" + id + ", kind=" + kind + ", state=" + state + "]";
    }
}
