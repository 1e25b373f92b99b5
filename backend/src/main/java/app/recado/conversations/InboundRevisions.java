package app.recado.conversations;

import app.recado.conversations.WrittenMessages.Written;
import app.recado.messaging.SubjectAnswers;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.InboundReceived;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people change or take back after they wrote it. New words are shown and read again. Words that had acted and now say
 * something else never act a second time: what they did is undone where nothing else happened since, and a person decides.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class InboundRevisions {

    private final WrittenMessages written;
    private final InboundMessages inbound;
    private final InboundReader reader;
    private final PatientContacts patients;
    private final SubjectAnswers answers;
    private final MeterRegistry metrics;

    InboundRevisions(
            WrittenMessages written,
            InboundMessages inbound,
            InboundReader reader,
            PatientContacts patients,
            SubjectAnswers answers,
            MeterRegistry metrics) {
        this.written = written;
        this.inbound = inbound;
        this.reader = reader;
        this.patients = patients;
        this.answers = answers;
        this.metrics = metrics;
    }

    /**
     * Somebody changed what they wrote.
     *
     * @param editor null when the engine does not tell whose edit it is
     * @return false when what was changed is not here and must be kept as if it came now
     */
    boolean edited(InboundReceived edit, @Nullable Contact editor) {
        var found = written.lock(edit, editor);
        if (found.isEmpty()) {
            count("edit", editor == null ? "unknown" : "first-seen");
            return editor == null;
        }
        var original = found.get();
        if (!written.rewrite(original, edit)) {
            return true; // repeated, or older than what stands there
        }
        count("edit", "applied");
        if (!original.fromMe() && original.direct() && original.kind().equals("text")) {
            inbound.decide(original.id(), again(original, edit));
        } else {
            written.tell(original.id());
        }
        return true;
    }

    private Decision again(Written original, InboundReceived edit) {
        var meaning = reader.meaning(edit.text(), null);
        if (original.acted()) {
            if (meaning == original.meaning()) {
                return original.decision();
            }
            if (original.appointmentId() != null) {
                answers.withdrawn(original.appointmentId(), original.sentAt(), edit.sentAt());
            }
            if (meaning == Understanding.Meaning.STOP && original.phone() != null) {
                // The wish to be left alone is never in doubt; the visit is.
                reader.decide(original.saying(edit.text()), original.phone(), peopleAt(original.phone()));
            }
            return original.about(Decision.forStaff("edited"));
        }
        if (original.handled()) {
            return original.about(Decision.forStaff("edited"));
        }
        return original.phone() == null
                ? original.about(Decision.forStaff("unknown-sender"))
                : reader.decide(original.saying(edit.text()), original.phone(), peopleAt(original.phone()))
                        .from(original.patientId());
    }

    private List<PatientContact> peopleAt(String phone) {
        return patients.byPhone(phone);
    }

    /** Somebody deleted what they wrote: it is marked, and an answer in it no longer stands. */
    void revoked(InboundReceived deletion, @Nullable Contact author) {
        var found = written.lock(deletion, author);
        if (found.isEmpty()) {
            count("delete", "unknown");
            return;
        }
        var original = found.get();
        if (!written.revoke(original, deletion.sentAt())) {
            return;
        }
        count("delete", "applied");
        var appointment = original.appointmentId();
        if (original.answered() && appointment != null) {
            answers.withdrawn(appointment, original.sentAt(), deletion.sentAt());
            inbound.decide(original.id(), original.about(Decision.forStaff("revoked")));
        } else {
            written.tell(original.id());
        }
    }

    /**
     * A reaction was taken back. If it had been an answer and nothing else was said or done about the visit since, the
     * answer is withdrawn; otherwise a person decides.
     */
    Decision takenBack(InboundReceived reaction, @Nullable Contact contact) {
        var last = contact == null
                ? null
                : written.reactionBefore(reaction, contact.id()).orElse(null);
        if (last == null || !last.answered()) {
            return Decision.ignored("reaction-taken-back");
        }
        var appointment = last.appointmentId();
        boolean withdrawn = appointment != null
                && !written.anotherAnswer(appointment, reaction)
                && answers.withdrawn(appointment, last.sentAt(), reaction.sentAt());
        return last.about(withdrawn ? Decision.ignored("answer-withdrawn") : Decision.forStaff("reaction-taken-back"));
    }

    private void count(String what, String outcome) {
        metrics.counter("recado.inbound.revisions", "kind", what, "outcome", outcome)
                .increment();
    }
}
