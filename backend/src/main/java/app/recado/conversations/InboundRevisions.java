package app.recado.conversations;

import app.recado.conversations.WrittenMessages.Written;
import app.recado.messaging.SubjectAnswers;
import app.recado.patients.PatientContacts;
import app.recado.whatsapp.Contact;
import app.recado.whatsapp.InboundReceived;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
            for (var visit : written.answeredVisits(original)) {
                answers.withdrawn(visit, original.sentAt(), edit.sentAt());
            }
            if (meaning == Understanding.Meaning.STOP && original.isOfSomebody()) {
                // The wish to be left alone is never in doubt; the visit is.
                reader.decide(original.saying(edit.text()), personOf(original));
            }
            return original.about(Decision.forStaff("edited"));
        }
        if (original.handled()) {
            return original.about(Decision.forStaff("edited"));
        }
        return original.isOfSomebody()
                ? reader.decide(original.saying(edit.text()), personOf(original))
                        .from(original.patientId())
                : original.about(Decision.forStaff("unknown-sender"));
    }

    private Person personOf(Written original) {
        var phone = original.phone();
        return new Person(phone, original.contactId(), phone == null ? List.of() : patients.byPhone(phone));
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
        var visits = original.answered() ? written.answeredVisits(original) : List.<UUID>of();
        if (!visits.isEmpty()) {
            for (var visit : visits) {
                answers.withdrawn(visit, original.sentAt(), deletion.sentAt());
            }
            inbound.decide(original.id(), original.about(Decision.forStaff("revoked")));
        } else {
            written.tell(original.id());
        }
    }

    /** Whether the same person put another reaction in the place of this one before it arrived. */
    boolean replaced(InboundReceived reaction, Contact contact) {
        return written.reactedAfter(reaction, contact.id());
    }

    /**
     * A reaction was taken back, by removing it or by another one in its place. If it had been an answer and nothing else was
     * said or done about the visit since, the answer is withdrawn; otherwise a person decides.
     *
     * @return empty when it had been no answer
     */
    Optional<Decision> takenBack(InboundReceived reaction, @Nullable Contact contact) {
        return Optional.ofNullable(contact)
                .flatMap(by -> written.reactionBefore(reaction, by.id()))
                .filter(Written::answered)
                .map(last -> takenBack(reaction, last));
    }

    private Decision takenBack(InboundReceived reaction, Written last) {
        var visits = written.answeredVisits(last);
        boolean withdrawn = !visits.isEmpty();
        for (var visit : visits) {
            withdrawn &= !written.anotherAnswer(visit, reaction)
                    && answers.withdrawn(visit, last.sentAt(), reaction.sentAt());
        }
        return last.about(withdrawn ? Decision.ignored("answer-withdrawn") : Decision.forStaff("reaction-taken-back"));
    }

    private void count(String what, String outcome) {
        metrics.counter("recado.inbound.revisions", "kind", what, "outcome", outcome)
                .increment();
    }
}
