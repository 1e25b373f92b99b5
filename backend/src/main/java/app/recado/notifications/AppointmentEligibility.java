package app.recado.notifications;

import app.recado.kernel.OrganizationMessaging;
import app.recado.kernel.OrganizationProfiles;
import app.recado.messaging.DueMessage;
import app.recado.messaging.Eligibility;
import app.recado.messaging.Verdict;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.Participation;
import app.recado.templates.TemplateFields;
import app.recado.templates.TemplateKind;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides at the moment of sending, holding the appointment: is it still that version, still on (or still off), still
 * useful, does the patient want messages, can they be reached, and may they be disturbed at this hour.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AppointmentEligibility implements Eligibility {

    private final Appointments appointments;
    private final PatientContacts contacts;
    private final OrganizationProfiles profiles;
    private final OrganizationMessaging messaging;
    private final Clock clock;

    AppointmentEligibility(
            Appointments appointments,
            PatientContacts contacts,
            OrganizationProfiles profiles,
            OrganizationMessaging messaging,
            Clock clock) {
        this.appointments = appointments;
        this.contacts = contacts;
        this.profiles = profiles;
        this.messaging = messaging;
        this.clock = clock;
    }

    @Override
    public Verdict check(DueMessage message) {
        var found = appointments.lock(message.subjectId());
        if (found.isEmpty()) {
            return new Verdict.Suppress("appointment-gone");
        }
        var visit = found.get();
        var now = clock.instant();
        if (visit.scheduleVersion() != message.version()) {
            return new Verdict.Superseded();
        }
        if (!now.isBefore(message.usefulUntil())) {
            return new Verdict.Expired();
        }
        var expected =
                message.kind() == TemplateKind.CANCELLATION ? AppointmentStatus.CANCELLED : AppointmentStatus.BOOKED;
        if (visit.status() != expected) {
            return new Verdict.Suppress("appointment-" + visit.status().wireName());
        }
        if (message.kind() == TemplateKind.REMINDER && visit.participation() == Participation.DECLINED) {
            return new Verdict.Suppress("patient-declined");
        }
        var patient = contacts.find(visit.patientId());
        if (patient.isEmpty()) {
            return new Verdict.Suppress("patient-gone");
        }
        return forPatient(message, visit, patient.get(), now);
    }

    private Verdict forPatient(DueMessage message, AppointmentFacts visit, PatientContact patient, Instant now) {
        if (patient.optedOut()) {
            return new Verdict.Suppress("opted-out");
        }
        var phone = patient.phone();
        if (phone == null) {
            return new Verdict.Suppress("no-phone");
        }
        var clinic = profiles.current();
        var quiet = new QuietTime(messaging.preferences().quietHours(), clinic.timeZone());
        var quietUntil = quiet.endOfQuietAt(now);
        if (quietUntil.isPresent()) {
            return new Verdict.Later(quietUntil.get(), "quiet-hours");
        }
        var content = new Verdict.Content.OfOccasion(
                message.kind(),
                patient.language(),
                new TemplateFields(
                        patient.givenName(),
                        patient.displayName(),
                        visit.start().atZone(visit.zone()),
                        visit.practitionerName(),
                        visit.serviceName(),
                        clinic.name()));
        // Should the line go away meanwhile, the gateway must not send it in the night.
        var notAfter = quiet.nextQuietAfter(now)
                .filter(begins -> begins.isBefore(message.usefulUntil()))
                .orElse(message.usefulUntil());
        return new Verdict.Send(content, phone, notAfter);
    }
}
