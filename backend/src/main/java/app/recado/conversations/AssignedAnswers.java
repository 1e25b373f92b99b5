package app.recado.conversations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.messaging.LiveNotifications;
import app.recado.messaging.SubjectAnswers;
import app.recado.messaging.SubjectAnswers.Answer;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Staff say which visit an answer is about that Recado could not tell, such as a "1" with two visits open. */
@Service
class AssignedAnswers {

    private final InboundMessages inbound;
    private final InboundViews views;
    private final WrittenMessages words;
    private final Appointments appointments;
    private final PatientContacts contacts;
    private final LiveNotifications notifications;
    private final SubjectAnswers answers;

    AssignedAnswers(
            InboundMessages inbound,
            InboundViews views,
            WrittenMessages words,
            Appointments appointments,
            PatientContacts contacts,
            LiveNotifications notifications,
            SubjectAnswers answers) {
        this.inbound = inbound;
        this.views = views;
        this.words = words;
        this.notifications = notifications;
        this.appointments = appointments;
        this.contacts = contacts;
        this.answers = answers;
    }

    /**
     * The visits that a message may be about, for somebody to say which.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}
     */
    @Transactional(readOnly = true)
    public CandidateVisits candidates(UUID id) {
        var written = words.said(id);
        var phone = written.phone();
        if (phone == null || written.fromMe()) {
            return new CandidateVisits(null, List.of());
        }
        var several = inbound.severalVisits(id);
        var visits = notifications.at(written.lineId(), phone, written.sentAt()).stream()
                .filter(notification ->
                        several.isEmpty() || Boolean.FALSE.equals(several.get(notification.subjectId())))
                .map(notification -> appointments.find(notification.subjectId()))
                .flatMap(Optional::stream)
                .filter(visit -> visit.status() == AppointmentStatus.BOOKED)
                .sorted(Comparator.comparing(AppointmentFacts::start).thenComparing(AppointmentFacts::id))
                .toList();
        var people = contacts.findAll(
                visits.stream().map(AppointmentFacts::patientId).collect(Collectors.toSet()));
        var meaning = Understanding.of(written.text(), written.choiceId());
        return new CandidateVisits(
                meaning == Understanding.Meaning.ACCEPT
                        ? Boolean.TRUE
                        : meaning == Understanding.Meaning.DECLINE ? Boolean.FALSE : null,
                visits.stream()
                        .map(visit -> candidate(visit, people.get(visit.patientId())))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Optional<CandidateVisits.CandidateVisit> candidate(
            AppointmentFacts visit, @Nullable PatientContact patient) {
        return Optional.ofNullable(patient)
                .map(whose -> new CandidateVisits.CandidateVisit(
                        visit.id(),
                        new InboundView.PatientRef(whose.id(), whose.displayName()),
                        visit.practitionerName(),
                        visit.serviceName(),
                        visit.start(),
                        visit.zone().getId()));
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
        var message = views.locked(id);
        expected.mustBe(message.version());
        if (message.fromMe() || !message.chatKind().equals("direct") || message.outcome() != Outcome.FOR_STAFF) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("Only what a patient wrote and nobody understood is given");
        }
        var visit = appointments
                .lock(appointmentId)
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        "/appointmentId", "unknown-value", "This clinic has no such appointment"));
        boolean theirs = contacts.find(visit.patientId())
                .filter(patient -> message.phone() != null
                                && contacts.numbers(patient.id()).contains(message.phone())
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
        inbound.saysOf(id, visit.id(), outcome);
        return awaitsMore(id)
                ? inbound.saidOfOne(id)
                : inbound.assigned(id, outcome, visit.patientId(), visit.id(), by);
    }

    /** Of several visits that it is about there is one that takes place and of which nobody said what the words mean. */
    private boolean awaitsMore(UUID id) {
        var open = inbound.severalVisits(id).entrySet().stream()
                .filter(visit -> !visit.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return appointments.findAll(open).values().stream()
                .anyMatch(visit -> visit.status() == AppointmentStatus.BOOKED);
    }
}
