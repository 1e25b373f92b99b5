package app.recado.notifications;

import app.recado.kernel.Failpoints;
import app.recado.messaging.Outbox;
import app.recado.messaging.PlannedMessage;
import app.recado.messaging.WithdrawLost;
import app.recado.organizations.MessagingPreferences;
import app.recado.organizations.OrganizationMessaging;
import app.recado.scheduling.AppointmentBooked;
import app.recado.scheduling.AppointmentCancelled;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.AppointmentReinstated;
import app.recado.scheduling.AppointmentRescheduled;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import app.recado.templates.TemplateKind;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans what patients are told, in the transaction that changed the appointment: either both are committed or neither.
 *
 * <p>The rules:
 * <ul>
 *   <li>A booking is confirmed at once, if the clinic wants that.
 *   <li>A reminder is due the clinic's lead time before the visit. When that has passed already, the notice that leaves
 *       now takes its place; when there is none, the reminder itself leaves now.
 *   <li>A move is told at once, with a new reminder for the new time; when it leaves it is compared with what the patient
 *       was told last, so that a move and its undoing tell nothing.
 *   <li>Of a series the first visit is confirmed, and the notice of a move tells of the first one moved and of those of which
 *       the patient had been told; every visit has its reminder.
 *   <li>A visit that a patient asked for is told when it is accepted, as any booking.
 *   <li>A cancellation by staff is told at once to patients who had been told of the visit, or had asked for it. Patients
 *       who cancelled know.
 *   <li>When staff take a cancellation back, what it had superseded is planned again. Whoever was told of it gets a
 *       confirmation instead of the notices; whoever was not is told nothing.
 *   <li>Nothing is planned about visits that have begun.
 * </ul>
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class NotificationPlanner {

    /** {@link AppointmentCancelled#by()} when the patient's own answer cancelled. */
    private static final String BY_PATIENT = "patient";

    private final Appointments appointments;
    private final Outbox outbox;
    private final OrganizationMessaging organization;
    private final Clock clock;

    NotificationPlanner(Appointments appointments, Outbox outbox, OrganizationMessaging organization, Clock clock) {
        this.appointments = appointments;
        this.outbox = outbox;
        this.organization = organization;
        this.clock = clock;
    }

    @EventListener
    public void booked(AppointmentBooked event) {
        var visit = appointments.find(event.id()).orElseThrow();
        if (visit.status() == AppointmentStatus.BOOKED && isAhead(visit)) {
            var preferences = organization.preferences();
            boolean confirms = preferences.confirmationOnBooking() && !event.follows();
            if (confirms) {
                plan(visit, TemplateKind.CONFIRMATION, clock.instant());
            }
            planReminder(visit, preferences, confirms);
        }
        Failpoints.reach("booking-before-commit");
    }

    @EventListener
    public void moved(AppointmentRescheduled event) {
        var visit = lock(event.id());
        boolean tells = !event.follows() || outbox.told(visit.id());
        outbox.supersede(visit.id(), visit.scheduleVersion(), Told.of(visit));
        if (visit.status() == AppointmentStatus.BOOKED && isAhead(visit)) {
            if (tells) {
                plan(visit, TemplateKind.RESCHEDULE, clock.instant());
            }
            planReminder(visit, organization.preferences(), tells);
        }
    }

    @EventListener
    public void cancelled(AppointmentCancelled event) {
        var visit = lock(event.id());
        boolean told = outbox.told(visit.id());
        outbox.supersede(visit.id(), visit.scheduleVersion(), null);
        if ((told || event.requested()) && !event.by().equals(BY_PATIENT) && isAhead(visit)) {
            plan(visit, TemplateKind.CANCELLATION, clock.instant());
        }
    }

    @EventListener
    public void reinstated(AppointmentReinstated event) {
        var visit = lock(event.id());
        outbox.supersede(visit.id(), visit.scheduleVersion(), Told.of(visit));
        if (visit.status() != AppointmentStatus.BOOKED || !isAhead(visit)) {
            return;
        }
        boolean toldOff = toldOff(visit);
        if (toldOff) {
            plan(visit, TemplateKind.CONFIRMATION, clock.instant());
        }
        for (var before : outbox.interrupted(visit.id(), event.resumes())) {
            if (before.kind() == TemplateKind.REMINDER || !toldOff) {
                plan(visit, before.kind(), before.dueAt());
            }
        }
    }

    /**
     * The patient was told something that no longer holds. Whoever moved the visit has planned the notice that corrects
     * it; whoever cancelled it may have had nobody to tell, or the patient cancelled and must not doubt it now.
     */
    @EventListener
    public void toldTooLate(WithdrawLost event) {
        appointments.find(event.subjectId()).filter(this::isAhead).ifPresent(visit -> {
            if (visit.status() == AppointmentStatus.CANCELLED) {
                plan(visit, TemplateKind.CANCELLATION, clock.instant());
            } else if (visit.status() == AppointmentStatus.BOOKED && visit.scheduleVersion() > event.version()) {
                plan(visit, toldOff(visit) ? TemplateKind.CONFIRMATION : TemplateKind.RESCHEDULE, clock.instant());
            }
        });
    }

    private void planReminder(AppointmentFacts visit, MessagingPreferences preferences, boolean noticeLeavesNow) {
        var now = clock.instant();
        var due = visit.start().minus(preferences.reminderLead());
        if (due.isAfter(now)) {
            plan(visit, TemplateKind.REMINDER, due);
        } else if (!noticeLeavesNow) {
            plan(visit, TemplateKind.REMINDER, now);
        }
    }

    private void plan(AppointmentFacts visit, TemplateKind kind, Instant due) {
        outbox.plan(new PlannedMessage(
                visit.id(),
                visit.scheduleVersion(),
                kind,
                visit.patientId(),
                kind == TemplateKind.CANCELLATION ? null : Told.of(visit),
                due,
                visit.start()));
    }

    /** The last that the patient heard of the visit is that it does not take place. */
    private boolean toldOff(AppointmentFacts visit) {
        return outbox.lastTold(visit.id()).filter(Outbox.NOTHING_HOLDS::equals).isPresent();
    }

    private boolean isAhead(AppointmentFacts visit) {
        return visit.start().isAfter(clock.instant());
    }

    /** The visit's lock comes before its messages', as it does where messages are claimed. */
    private AppointmentFacts lock(UUID id) {
        return appointments.lock(id).orElseThrow();
    }
}
