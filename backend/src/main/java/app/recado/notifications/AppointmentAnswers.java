package app.recado.notifications;

import app.recado.messaging.SubjectAnswers;
import app.recado.organizations.MessagingPreferences.DeclineAction;
import app.recado.organizations.OrganizationMessaging;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.HourOffers;
import app.recado.scheduling.Participation;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Puts a patient's yes or no into the agenda, if it still speaks of the visit as it is. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AppointmentAnswers implements SubjectAnswers {

    private static final String PATIENT = "patient";

    private final Appointments appointments;
    private final HourOffers offers;
    private final OrganizationMessaging organization;
    private final Clock clock;

    AppointmentAnswers(Appointments appointments, HourOffers offers, OrganizationMessaging organization, Clock clock) {
        this.appointments = appointments;
        this.offers = offers;
        this.organization = organization;
        this.clock = clock;
    }

    @Override
    public Effect answered(Answer answer) {
        // Whose hour it would be is held before the offer, as by everybody who holds both.
        if (offers.releasedBy(answer.subjectId()).isPresent()) {
            return aboutOffer(answer);
        }
        var found = appointments.lock(answer.subjectId());
        if (found.isEmpty()) {
            return Effect.SUPERSEDED;
        }
        // Moved and moved back, the visit is what the patient was told.
        long version = found.get().scheduleVersion();
        if (version != answer.version() && !Told.of(found.get()).equals(answer.says())) {
            return Effect.SUPERSEDED;
        }
        if (found.get().status() != AppointmentStatus.BOOKED) {
            return Effect.NOT_AWAITED;
        }
        var participation = answer.accepts() ? Participation.ACCEPTED : Participation.DECLINED;
        boolean recorded = appointments.recordParticipation(
                answer.subjectId(), version, participation, PATIENT, answer.text(), answer.at());
        if (!recorded) {
            return Effect.OUTDATED;
        }
        if (answer.accepts()) {
            return Effect.ACCEPTED;
        }
        // The no is recorded first: it tells whether a later answer stands, and stays with the cancelled visit.
        if (organization.preferences().declineAction() == DeclineAction.CANCEL
                && appointments.cancelByPatient(answer.subjectId(), version, clock.instant())) {
            return Effect.CANCELLED;
        }
        return Effect.DECLINED_FOR_STAFF;
    }

    /** A no to an hour is no problem of anybody's; a yes that comes too late is somebody's disappointment. */
    private Effect aboutOffer(Answer answer) {
        if (!answer.accepts()) {
            return offers.decline(answer.subjectId()) ? Effect.CANCELLED : Effect.NOT_AWAITED;
        }
        if (!offers.take(answer.subjectId(), answer.at())) {
            return Effect.NOT_AWAITED;
        }
        appointments.recordParticipation(
                answer.subjectId(), answer.version(), Participation.ACCEPTED, PATIENT, answer.text(), answer.at());
        return Effect.ACCEPTED;
    }

    @Override
    public boolean withdrawn(UUID subjectId, Instant saidAt, Instant at) {
        return appointments.withdrawParticipation(subjectId, saidAt, at);
    }
}
