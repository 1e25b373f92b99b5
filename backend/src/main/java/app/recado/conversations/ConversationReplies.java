package app.recado.conversations;

import app.recado.kernel.Problem;
import app.recado.messaging.ManualContent;
import app.recado.messaging.StaffReplies;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.Quoted;
import app.recado.whatsapp.WhatsAppLines;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers in a conversation. Whoever answers says which answer of the clinic they saw last: when a colleague answered since
 * then, nothing is sent, and both see what was said before one of them decides to send all the same.
 */
@Service
@Transactional
class ConversationReplies {

    private final ConversationStore conversations;
    private final ConversationFlow flow;
    private final ConversationTyping typing;
    private final ConversationEntries entries;
    private final InboxMembers members;
    private final StaffReplies replies;
    private final Contacts contacts;
    private final WhatsAppLines lines;
    private final PatientContacts patients;

    ConversationReplies(
            ConversationStore conversations,
            ConversationFlow flow,
            ConversationTyping typing,
            ConversationEntries entries,
            InboxMembers members,
            StaffReplies replies,
            Contacts contacts,
            WhatsAppLines lines,
            PatientContacts patients) {
        this.conversations = conversations;
        this.flow = flow;
        this.typing = typing;
        this.entries = entries;
        this.members = members;
        this.replies = replies;
        this.contacts = contacts;
        this.lines = lines;
        this.patients = patients;
    }

    /**
     * Answers on the conversation's own line.
     *
     * @param quotedId the entry that it answers; null for none
     * @param seenAnswerId the clinic's last answer as the writer knows it; null for none
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code answered-meanwhile}, {@code invalid-fields},
     *     {@code window-closed}
     */
    public ConversationEntry reply(
            UUID id, ManualContent content, @Nullable UUID quotedId, @Nullable UUID seenAnswerId, Staff by) {
        var conversation = conversations.lock(id);
        var last = conversation.lastAnswer();
        if (last != null && !last.id().equals(seenAnswerId) && !Objects.equals(last.by(), by.account())) {
            throw Problem.ANSWERED_MEANWHILE.because("Look at what your colleague wrote, then decide");
        }
        var row = conversation.stored();
        members.seen(by);
        var reply = replies.reply(
                row.contactId(),
                patientOf(row.contactId()),
                row.lineId(),
                content,
                quotedId == null ? null : quoted(id, quotedId, "/quotedId"),
                by.account());
        flow.answered(
                conversation, new Conversation.Answer(reply.id(), by.account(), reply.at()), reply.text(), by.name());
        typing.says(id, by, false);
        return entries.outbound(id, reply.id(), reply.at());
    }

    /**
     * Puts a sign at something that was said, in the place of the one that the clinic put there before. It answers nothing:
     * whoever waits goes on waiting.
     *
     * @param emoji empty takes it back
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-fields} for lines that have no reactions,
     *     {@code window-closed}
     */
    public ConversationEntry react(UUID id, UUID entryId, String emoji, Staff by) {
        var row = conversations.lock(id).stored();
        var to = entries.quoted(id, entryId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("Nothing was said under this id in this conversation"));
        members.seen(by);
        var reply = replies.react(row.contactId(), patientOf(row.contactId()), row.lineId(), to, emoji, by.account());
        return entries.outbound(id, reply.id(), reply.at());
    }

    private Quoted quoted(UUID id, UUID entryId, String pointer) {
        return entries.quoted(id, entryId)
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        pointer, "unknown-value", "Nothing was said under this id in this conversation"));
    }

    /** The same from another system, where it was written already: a quote that cannot be sent is left out.
     *
     * @return the message */
    UUID fromOutside(UUID id, ManualContent content, @Nullable UUID quotedId, Staff by) {
        var conversation = conversations.lock(id);
        var row = conversation.stored();
        var quoted = quotedId != null
                        && content instanceof ManualContent.Text
                        && lines.find(row.lineId()).map(LineFacts::quotes).orElse(false)
                ? entries.quoted(id, quotedId).orElse(null)
                : null;
        var reply =
                replies.reply(row.contactId(), patientOf(row.contactId()), row.lineId(), content, quoted, by.account());
        flow.answered(
                conversation, new Conversation.Answer(reply.id(), by.account(), reply.at()), reply.text(), by.name());
        return reply.id();
    }

    private @Nullable UUID patientOf(UUID contactId) {
        var phone = contacts.find(contactId).orElseThrow().phone();
        var people = phone == null ? List.<PatientContact>of() : patients.byPhone(phone);
        return people.size() == 1 ? people.getFirst().id() : null;
    }
}
