package app.recado.notifications;

import app.recado.messaging.DueMessage;
import app.recado.messaging.Eligibility;
import app.recado.messaging.Outbox;
import app.recado.messaging.Verdict;
import app.recado.organizations.OrganizationMessaging;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private final Outbox outbox;
    private final Clock clock;

    AppointmentEligibility(
            Appointments appointments,
            PatientContacts contacts,
            OrganizationProfiles profiles,
            OrganizationMessaging messaging,
            Outbox outbox,
            Clock clock) {
        this.appointments = appointments;
        this.contacts = contacts;
        this.profiles = profiles;
        this.messaging = messaging;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Map<UUID, Verdict> check(Collection<DueMessage> due) {
        var visits =
                appointments.lockAll(due.stream().map(DueMessage::subjectId).collect(Collectors.toSet()));
        var patients = contacts.findAll(
                visits.values().stream().map(AppointmentFacts::patientId).collect(Collectors.toSet()));
        var clinic = profiles.current();
        var quiet = new QuietTime(messaging.preferences().quietHours(), clinic.timeZone());
        var now = clock.instant();
        var verdicts = new HashMap<UUID, Verdict>();
        for (var message : due) {
            var visit = visits.get(message.subjectId());
            verdicts.put(
                    message.id(),
                    visit == null
                            ? new Verdict.Suppress("appointment-gone")
                            : aboutVisit(message, visit, patients.get(visit.patientId()), clinic, quiet, now));
        }
        return verdicts;
    }

    private Verdict aboutVisit(
            DueMessage message,
            AppointmentFacts visit,
            @Nullable PatientContact patient,
            OrganizationProfile clinic,
            QuietTime quiet,
            Instant now) {
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
        if (message.kind() == TemplateKind.REMINDER
                && message.version() > 1
                && outbox.told(visit.id(), TemplateKind.REMINDER, Told.of(visit))) {
            return new Verdict.Suppress("already-told"); // by one that left before it could be taken back
        }
        if (message.kind() == TemplateKind.RESCHEDULE
                && outbox.lastTold(visit.id()).filter(Told.of(visit)::equals).isPresent()) {
            return new Verdict.Suppress("already-told");
        }
        return patient == null
                ? new Verdict.Suppress("patient-gone")
                : forPatient(message, visit, patient, clinic, quiet, now);
    }

    private Verdict forPatient(
            DueMessage message,
            AppointmentFacts visit,
            PatientContact patient,
            OrganizationProfile clinic,
            QuietTime quiet,
            Instant now) {
        if (patient.optedOut()) {
            return new Verdict.Suppress("opted-out");
        }
        var phone = patient.phone();
        if (phone == null) {
            return new Verdict.Suppress("no-phone");
        }
        var quietUntil = quiet.endOfQuietAt(now);
        if (quietUntil.isPresent()) {
            return new Verdict.Later(quietUntil.get(), "quiet-hours");
        }
        var content = new Verdict.Content.OfOccasion(
                occasion(message),
                patient.language(),
                new TemplateFields(
                        patient.greetingName(),
                        patient.displayName(),
                        visit.start().atZone(visit.zone()),
                        visit.practitionerName(),
                        visit.serviceName(),
                        clinic.name()),
                visit.participation() != Participation.ACCEPTED);
        // Should the line go away meanwhile, the gateway must not send it in the night.
        var notAfter = quiet.nextQuietAfter(now)
                .filter(begins -> begins.isBefore(message.usefulUntil()))
                .orElse(message.usefulUntil());
        return new Verdict.Send(content, phone, notAfter);
    }

    /** A move of which the old time was never told is no change: where bookings are confirmed, it is the confirmation. */
    private TemplateKind occasion(DueMessage message) {
        boolean changesNothing = message.kind() == TemplateKind.RESCHEDULE
                && messaging.preferences().confirmationOnBooking()
                && outbox.lastTold(message.subjectId()).isEmpty();
        return changesNothing ? TemplateKind.CONFIRMATION : message.kind();
    }
}
