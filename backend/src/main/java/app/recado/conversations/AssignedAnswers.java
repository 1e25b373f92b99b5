package app.recado.conversations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.messaging.SubjectAnswers;
import app.recado.messaging.SubjectAnswers.Answer;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.Appointments;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Staff say which visit an answer is about that Recado could not tell, such as a "1" with two visits open. */
@Service
class AssignedAnswers {

    private final InboundMessages inbound;
    private final Appointments appointments;
    private final PatientContacts contacts;
    private final SubjectAnswers answers;

    AssignedAnswers(
            InboundMessages inbound, Appointments appointments, PatientContacts contacts, SubjectAnswers answers) {
        this.inbound = inbound;
        this.appointments = appointments;
        this.contacts = contacts;
        this.answers = answers;
    }

    /**
     * Gives a message to a visit of somebody reached at the number it came from, as that patient's yes or no. It counts from
     * when it was written.
     *
     * @param by who decided it, as they are called
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code message-not-in-that-state} for
     *     messages that acted already or are no patient's, {@code invalid-fields} for visits of others, {@code
     *     appointment-not-in-that-state} when the visit awaits no answer or a later one stands
     */
    @Transactional
    public InboundView assign(UUID id, ExpectedVersion expected, UUID appointmentId, boolean accepts, String by) {
        var message = inbound.locked(id);
        expected.mustBe(message.version());
        if (message.fromMe() || !message.chatKind().equals("direct") || message.outcome() != Outcome.FOR_STAFF) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("Only what a patient wrote and nobody understood is given");
        }
        var visit = appointments
                .lock(appointmentId)
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        "/appointmentId", "unknown-value", "This clinic has no such appointment"));
        boolean theirs = contacts.find(visit.patientId())
                .filter(patient -> Objects.equals(patient.phone(), message.phone())
                        || message.patient() != null && message.patient().id().equals(patient.id()))
                .isPresent();
        if (!theirs) {
            throw Problem.INVALID_FIELDS.at(
                    "/appointmentId", "unknown-value", "This visit is of somebody with another number");
        }
        var answer = new Answer(
                visit.id(),
                visit.scheduleVersion(),
                null,
                accepts,
                Objects.requireNonNullElse(message.text(), ""),
                message.sentAt());
        var outcome = switch (answers.answered(answer)) {
            case ACCEPTED -> Outcome.ACCEPTED;
            case CANCELLED -> Outcome.CANCELLED;
            case DECLINED_FOR_STAFF -> Outcome.DECLINED;
            case SUPERSEDED, NOT_AWAITED ->
                throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("This visit awaits no answer any more");
            case OUTDATED -> throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("A later answer stands");
        };
        return inbound.assigned(id, outcome, visit.patientId(), visit.id(), by);
    }
}
