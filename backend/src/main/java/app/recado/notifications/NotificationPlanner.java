package app.recado.notifications;

import app.recado.kernel.Failpoints;
import app.recado.messaging.Outbox;
import app.recado.messaging.PlannedMessage;
import app.recado.messaging.WithdrawLost;
import app.recado.organizations.QuietHoursChanged;
import app.recado.scheduling.AppointmentBooked;
import app.recado.scheduling.AppointmentCancelled;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.AppointmentReinstated;
import app.recado.scheduling.AppointmentRemoved;
import app.recado.scheduling.AppointmentRescheduled;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.AppointmentStatusChanged;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.AppointmentsOfSeriesChanged;
import app.recado.scheduling.availability.PublicHolidaysChanged;
import app.recado.templates.TemplateKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans what patients are told, in the transaction that changed the appointment: either both are committed or neither.
 *
 * <p>What a clinic tells, when and on which condition is said by its {@link NotificationRules}. Beyond them:
 * <ul>
 *   <li>A reminder whose time had passed already when the visit was booked or moved is not planned: the notice that leaves
 *       now takes its place. When there is none and the patient knows nothing of the visit, the last of them leaves now.
 *   <li>A move is told with new reminders for the new time; when it leaves it is compared with what the patient was told
 *       last, so that a move and its undoing tell nothing.
 *   <li>Of a series one message confirms all visits, and one tells that several were moved or cancelled: it is about the
 *       first of them and names the others. Those of which the patient had been told by a message of their own are told apart
 *       as well. Every visit has its reminders.
 *   <li>A visit that a patient asked for is told when it is accepted, as any booking.
 *   <li>A cancellation by staff is told to patients who had been told of the visit, or had asked for it. Patients who
 *       cancelled know.
 *   <li>When staff take a cancellation back, what it had superseded is planned again. Whoever was told of it gets a
 *       confirmation instead of the notices; whoever was not is told nothing.
 *   <li>Whoever was told what no longer holds is told so, whatever the rules say.
 *   <li>A visit that came with a file is told as its import wants it; when the import is undone, nothing is.
 *   <li>Before a visit nothing is planned once it has begun; what rules tell after it is planned when staff say how it went.
 * </ul>
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class NotificationPlanner {

    /** {@link AppointmentCancelled#by()} when the patient's own answer cancelled. */
    private static final String BY_PATIENT = "patient";

    /** Why a reminder is not told that would leave in quiet hours and be of no use after them. */
    private static final String QUIET_HOURS = "quiet-hours";

    private final Appointments appointments;
    private final Outbox outbox;
    private final RulePlanning rules;
    private final Clock clock;

    NotificationPlanner(Appointments appointments, Outbox outbox, RulePlanning rules, Clock clock) {
        this.appointments = appointments;
        this.outbox = outbox;
        this.rules = rules;
        this.clock = clock;
    }

    @EventListener
    public void booked(AppointmentBooked event) {
        rules.keepRules();
        var visit = appointments.find(event.id()).orElseThrow();
        if (visit.status() == AppointmentStatus.BOOKED && isAhead(visit)) {
            boolean confirmed = !event.follows() && tell(visit, RuleTrigger.BOOKED);
            remind(visit, confirmed, Set.of());
        }
        Failpoints.reach("booking-before-commit");
    }

    @EventListener
    public void moved(AppointmentRescheduled event) {
        rules.keepRules();
        var visit = lock(event.id());
        boolean tells = !event.follows() || outbox.told(visit.id());
        var others = outbox.toBeToldAlong(visit.id());
        outbox.supersede(visit.id(), visit.scheduleVersion(), Told.of(visit));
        if (visit.status() == AppointmentStatus.BOOKED && isAhead(visit)) {
            boolean told = tells && tell(visit, RuleTrigger.MOVED);
            remind(visit, told, Set.of());
            outbox.tellAlong(visit.id(), visit.scheduleVersion(), others);
        }
    }

    /** What tells of the first tells of the others. */
    @EventListener
    public void changedTogether(AppointmentsOfSeriesChanged event) {
        var first = appointments.find(event.first()).orElseThrow();
        outbox.tellAlong(first.id(), first.scheduleVersion(), event.others());
    }

    @EventListener
    public void cancelled(AppointmentCancelled event) {
        rules.keepRules();
        var visit = lock(event.id());
        boolean told = outbox.told(visit.id()) || !event.follows() && outbox.toldAlong(visit.id());
        var others = outbox.toBeToldAlong(visit.id());
        outbox.supersede(visit.id(), visit.scheduleVersion(), null);
        confirmInstead(others);
        if ((told || event.requested()) && !event.by().equals(BY_PATIENT) && isAhead(visit)) {
            tell(visit, RuleTrigger.CANCELLED);
        }
    }

    /** A confirmation that did not leave would have told of others, too: one of them is confirmed with the rest. */
    private void confirmInstead(List<UUID> others) {
        appointments.findAll(others).values().stream()
                .filter(other ->
                        other.status() == AppointmentStatus.BOOKED && isAhead(other) && !outbox.told(other.id()))
                .min(Comparator.comparing(AppointmentFacts::start))
                .ifPresent(next -> {
                    tell(next, outbox.toldAlong(next.id()) ? RuleTrigger.MOVED : RuleTrigger.BOOKED);
                    outbox.tellAlong(next.id(), next.scheduleVersion(), others);
                });
    }

    /** What had been planned for a visit that never was tells nobody anything. */
    @EventListener
    public void removed(AppointmentRemoved event) {
        outbox.supersede(event.id(), Long.MAX_VALUE, null);
    }

    @EventListener
    public void reinstated(AppointmentReinstated event) {
        rules.keepRules();
        var visit = lock(event.id());
        outbox.supersede(visit.id(), visit.scheduleVersion(), Told.of(visit));
        if (visit.status() != AppointmentStatus.BOOKED || !isAhead(visit)) {
            return;
        }
        boolean toldOff = toldOff(visit);
        boolean noticed = toldOff;
        if (toldOff) {
            plan(visit, TemplateKind.CONFIRMATION, null, null, clock.instant());
        }
        var reminders = new HashSet<UUID>();
        for (var before : outbox.interrupted(visit.id(), event.resumes())) {
            if (before.kind() == TemplateKind.REMINDER) {
                Stream.ofNullable(before.ruleId()).forEach(reminders::add);
            } else if (!toldOff) {
                plan(visit, before.kind(), before.ruleId(), before.lineId(), before.dueAt());
                noticed = true;
            }
        }
        remind(visit, noticed, reminders);
    }

    /**
     * The patient was told something that no longer holds. Whoever moved the visit has planned the notice that corrects
     * it; whoever cancelled it may have had nobody to tell, or the patient cancelled and must not doubt it now.
     */
    @EventListener
    public void toldTooLate(WithdrawLost event) {
        appointments.find(event.subjectId()).filter(this::isAhead).ifPresent(visit -> {
            if (visit.status() == AppointmentStatus.CANCELLED) {
                correct(visit, TemplateKind.CANCELLATION);
            } else if (visit.status() == AppointmentStatus.BOOKED && visit.scheduleVersion() > event.version()) {
                correct(visit, toldOff(visit) ? TemplateKind.CONFIRMATION : TemplateKind.RESCHEDULE);
            }
        });
    }

    /** What follows the visit: the patient was attended, or did not come. */
    @EventListener
    public void went(AppointmentStatusChanged event) {
        rules.keepRules();
        var visit = appointments.find(event.id()).orElseThrow();
        var now = clock.instant();
        for (var wanted : rules.afterwardsOf(visit.id())) {
            plan(visit, wanted, wanted.dueAt().isAfter(now) ? wanted.dueAt() : now);
        }
    }

    /** What would leave on a holiday changes with the holidays. */
    @EventListener
    public void holidaysChanged(PublicHolidaysChanged event) {
        rules.changeRules();
        rules.replanScheduled();
    }

    /** What would leave in quiet hours changes with them. */
    @EventListener
    public void quietHoursChanged(QuietHoursChanged event) {
        rules.changeRules();
        rules.replanScheduled();
    }

    /** Whether a rule wants it to be told. */
    private boolean tell(AppointmentFacts visit, RuleTrigger trigger) {
        var notices = rules.noticesOf(visit.id(), trigger);
        for (var notice : notices) {
            plan(visit, trigger.kind(), notice.ruleId(), notice.lineId(), clock.instant());
        }
        return !notices.isEmpty();
    }

    private void correct(AppointmentFacts visit, TemplateKind kind) {
        plan(visit, kind, null, null, clock.instant());
    }

    /** @param interrupted rules whose reminders were waiting when the visit was cancelled */
    private void remind(AppointmentFacts visit, boolean noticeLeavesNow, Set<UUID> interrupted) {
        var now = clock.instant();
        var wanted = rules.remindersOf(visit.id());
        var missed = wanted.stream()
                .filter(reminder ->
                        !reminder.dueAt().isAfter(now) && reminder.usefulUntil().isAfter(now))
                .reduce((earlier, later) -> later);
        if (missed.isPresent()
                && !noticeLeavesNow
                && (interrupted.contains(missed.get().ruleId())
                        || outbox.lastTold(visit.id())
                                .filter(Told.of(visit)::equals)
                                .isEmpty())) {
            plan(visit, missed.get(), now);
        }
        for (var reminder : wanted) {
            if (reminder.dueAt().isAfter(now)) {
                plan(visit, reminder, reminder.dueAt());
            }
        }
    }

    private void plan(AppointmentFacts visit, RulePlanning.Timed wanted, Instant due) {
        var message = new PlannedMessage(
                visit.id(),
                visit.scheduleVersion(),
                wanted.kind(),
                wanted.ruleId(),
                visit.patientId(),
                wanted.lineId(),
                Told.of(visit),
                due,
                wanted.usefulUntil());
        if (wanted.lost() && due.isAfter(clock.instant())) {
            outbox.notTold(message, QUIET_HOURS);
        } else {
            outbox.plan(message);
        }
    }

    private void plan(
            AppointmentFacts visit, TemplateKind kind, @Nullable UUID rule, @Nullable UUID line, Instant due) {
        outbox.plan(new PlannedMessage(
                visit.id(),
                visit.scheduleVersion(),
                kind,
                rule,
                visit.patientId(),
                line,
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
