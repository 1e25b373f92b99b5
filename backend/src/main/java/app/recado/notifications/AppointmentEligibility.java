package app.recado.notifications;

import app.recado.messaging.DueMessage;
import app.recado.messaging.Eligibility;
import app.recado.messaging.MarketingBudget;
import app.recado.messaging.Outbox;
import app.recado.messaging.Verdict;
import app.recado.organizations.MessagingPreferences.QuietHours;
import app.recado.organizations.OrganizationMessaging;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.Participation;
import app.recado.scheduling.VisitLinks;
import app.recado.templates.TemplateFields.Companion;
import app.recado.templates.TemplateKind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** How soon a budget that is used up is looked at again: an owner may raise it. */
    private static final Duration WHILE_SPENT = Duration.ofHours(1);

    /** More visits are no message that anybody reads. */
    private static final int MOST_TOGETHER = 6;

    private final Appointments appointments;
    private final PatientContacts contacts;
    private final OrganizationProfiles profiles;
    private final OrganizationMessaging messaging;
    private final NotificationRules rules;
    private final RulePlanning planning;
    private final RuleTrials trials;
    private final VisitSurveys surveys;
    private final Outbox outbox;
    private final VisitLinks links;
    private final MarketingBudget budget;
    private final Clock clock;

    AppointmentEligibility(
            Appointments appointments,
            PatientContacts contacts,
            OrganizationProfiles profiles,
            OrganizationMessaging messaging,
            NotificationRules rules,
            RulePlanning planning,
            RuleTrials trials,
            VisitSurveys surveys,
            Outbox outbox,
            VisitLinks links,
            MarketingBudget budget,
            Clock clock) {
        this.appointments = appointments;
        this.contacts = contacts;
        this.profiles = profiles;
        this.messaging = messaging;
        this.rules = rules;
        this.planning = planning;
        this.trials = trials;
        this.surveys = surveys;
        this.outbox = outbox;
        this.links = links;
        this.budget = budget;
        this.clock = clock;
    }

    @Override
    public Map<UUID, Verdict> check(Collection<DueMessage> due) {
        var visits =
                appointments.lockAll(due.stream().map(DueMessage::subjectId).collect(Collectors.toSet()));
        var patients = contacts.findAll(
                visits.values().stream().map(AppointmentFacts::patientId).collect(Collectors.toSet()));
        var terms = rules.terms(due.stream()
                .flatMap(message -> Stream.ofNullable(message.ruleId()))
                .collect(Collectors.toSet()));
        var batch = new Batch(
                profiles.current(),
                messaging.preferences().quietHours(),
                terms,
                terms.values().stream().anyMatch(NotificationRules.Terms::workingDays)
                        ? planning.nonWorkingDays()
                        : new NonWorkingDays(Set.of()),
                planning.followed(due.stream()
                        .filter(message -> Outlook.ASK_TO_COME_AGAIN.contains(message.kind()))
                        .map(DueMessage::subjectId)
                        .collect(Collectors.toSet())),
                outbox.overtaken(due.stream()
                        .filter(message -> message.kind() == TemplateKind.REMINDER)
                        .map(DueMessage::id)
                        .collect(Collectors.toSet())),
                links.of(visits.keySet()),
                others(due),
                due.stream().anyMatch(message -> message.kind() == TemplateKind.RECALL) && budget.isReached(),
                clock.instant());
        var verdicts = new HashMap<UUID, Verdict>();
        for (var message : due) {
            var visit = visits.get(message.subjectId());
            verdicts.put(
                    message.id(),
                    visit == null
                            ? new Verdict.Suppress("appointment-gone")
                            : aboutVisit(message, visit, patients.get(visit.patientId()), batch));
        }
        together(due, verdicts, visits, patients, batch);
        return verdicts;
    }

    /** Reminders that may leave as one: by one rule, on one day, to the number of one household. */
    private record Family(UUID household, UUID rule, LocalDate day, String phone) {}

    /**
     * Reminders of brothers and sisters on one day may leave as one. Each was looked at by itself before: whose reminder may
     * not go is in none.
     */
    private void together(
            Collection<DueMessage> due,
            Map<UUID, Verdict> verdicts,
            Map<UUID, AppointmentFacts> visits,
            Map<UUID, PatientContact> patients,
            Batch batch) {
        var reminders = due.stream()
                .filter(message -> message.kind() == TemplateKind.REMINDER
                        && message.ruleId() != null
                        && verdicts.get(message.id()) instanceof Verdict.Send)
                .toList();
        if (reminders.size() < 2) {
            return;
        }
        var households = contacts.households(
                reminders.stream().map(DueMessage::patientId).collect(Collectors.toSet()));
        var families = new LinkedHashMap<Family, List<DueMessage>>();
        for (var message : reminders) {
            var visit = visits.get(message.subjectId());
            if (visit != null
                    && message.ruleId() instanceof UUID rule
                    && households.get(visit.patientId()) instanceof UUID household
                    && verdicts.get(message.id()) instanceof Verdict.Send send) {
                var family = new Family(
                        household, rule, visit.start().atZone(visit.zone()).toLocalDate(), send.recipient());
                families.computeIfAbsent(family, none -> new ArrayList<>()).add(message);
            }
        }
        for (var family : families.values()) {
            if (family.size() > 1) {
                joined(family, verdicts, visits, patients, batch);
            }
        }
    }

    private void joined(
            List<DueMessage> family,
            Map<UUID, Verdict> verdicts,
            Map<UUID, AppointmentFacts> visits,
            Map<UUID, PatientContact> patients,
            Batch batch) {
        var members = family.stream()
                .sorted(Comparator.comparing(message -> message.id().toString()))
                .limit(MOST_TOGETHER)
                .toList();
        var lead = members.getFirst();
        var visit = Objects.requireNonNull(visits.get(lead.subjectId()));
        var patient = Objects.requireNonNull(patients.get(visit.patientId()));
        var companions = members.stream()
                .skip(1)
                .map(message -> Objects.requireNonNull(visits.get(message.subjectId())))
                .sorted(Comparator.comparing(AppointmentFacts::start))
                .map(one -> new Companion(
                        Objects.requireNonNull(patients.get(one.patientId())).displayName(),
                        one.start().atZone(one.zone()),
                        one.practitionerName()))
                .toList();
        boolean asks = members.stream()
                .anyMatch(message ->
                        Objects.requireNonNull(visits.get(message.subjectId())).participation()
                                != Participation.ACCEPTED);
        var notAfter = members.stream()
                .map(message -> ((Verdict.Send) Objects.requireNonNull(verdicts.get(message.id()))).notAfter())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var joint = new Verdict.Joint(
                lead.id(),
                members.stream().skip(1).map(DueMessage::id).toList(),
                new Verdict.Content.OfOccasion(
                        TemplateKind.REMINDER,
                        patient.language(),
                        VisitFields.of(
                                visit, patient, batch.clinic(), batch.links().get(visit.id()), List.of(), companions),
                        asks),
                notAfter);
        for (var message : members) {
            var alone = (Verdict.Send) Objects.requireNonNull(verdicts.get(message.id()));
            verdicts.put(message.id(), alone.with(joint));
        }
    }

    /**
     * What is the same for all that is looked at together.
     *
     * @param terms what of each rule counts now
     * @param followed visits after which the patient came again, or is about to
     * @param overtaken reminders of which a later one of the same visit waits, too
     * @param links where a visit is shown, moved and cancelled, by its id; none where the clinic has no page
     * @param others the visits of which a message tells along with its own, by the message's id
     * @param spent the clinic's budget of the month is used up, so that nothing leaves that only asks to come
     */
    private record Batch(
            OrganizationProfile clinic,
            @Nullable QuietHours quietHours,
            Map<UUID, NotificationRules.Terms> terms,
            NonWorkingDays nonWorking,
            Set<UUID> followed,
            Set<UUID> overtaken,
            Map<UUID, URI> links,
            Map<UUID, List<AppointmentFacts>> others,
            boolean spent,
            Instant now) {

        NotificationRules.Terms termsOf(DueMessage message) {
            return message.ruleId() == null
                    ? NotificationRules.Terms.NONE
                    : terms.getOrDefault(message.ruleId(), NotificationRules.Terms.NONE);
        }
    }

    /** Read and not locked: where one is moved in this very moment, its own notice says so. */
    private Map<UUID, List<AppointmentFacts>> others(Collection<DueMessage> due) {
        var along = outbox.along(due.stream().map(DueMessage::id).toList());
        var visits = appointments.findAll(
                along.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
        var others = new HashMap<UUID, List<AppointmentFacts>>();
        along.forEach((message, ids) -> others.put(
                message,
                ids.stream()
                        .flatMap(id -> Stream.ofNullable(visits.get(id)))
                        .sorted(Comparator.comparing(AppointmentFacts::start))
                        .toList()));
        return others;
    }

    private Verdict aboutVisit(
            DueMessage message, AppointmentFacts visit, @Nullable PatientContact patient, Batch batch) {
        if (visit.scheduleVersion() != message.version()) {
            return new Verdict.Superseded();
        }
        if (!batch.now().isBefore(message.usefulUntil())) {
            return new Verdict.Expired(Verdict.Expired.TOO_LATE);
        }
        if (visit.status() != expected(message.kind())) {
            return new Verdict.Suppress("appointment-" + visit.status().wireName());
        }
        if (message.kind() == TemplateKind.REMINDER && visit.participation() == Participation.DECLINED) {
            return new Verdict.Suppress("patient-declined");
        }
        if (message.ruleId() instanceof UUID rule) {
            if (batch.termsOf(message).unansweredOnly() && visit.participation() == Participation.ACCEPTED) {
                return new Verdict.Suppress("answered");
            }
            if (message.kind() == TemplateKind.REMINDER
                    && message.version() > 1
                    && outbox.told(visit.id(), rule, Told.of(visit))) {
                return new Verdict.Suppress("already-told"); // by one that left before it could be taken back
            }
        }
        if (batch.overtaken().contains(message.id())) {
            return new Verdict.Expired("overtaken");
        }
        if (batch.followed().contains(visit.id()) && Outlook.ASK_TO_COME_AGAIN.contains(message.kind())) {
            return new Verdict.Suppress("visit-booked");
        }
        if (message.kind() == TemplateKind.RESCHEDULE
                && outbox.lastTold(visit.id()).filter(Told.of(visit)::equals).isPresent()) {
            return new Verdict.Suppress("already-told");
        }
        return patient == null ? new Verdict.Suppress("patient-gone") : forPatient(message, visit, patient, batch);
    }

    private static AppointmentStatus expected(TemplateKind kind) {
        return switch (kind) {
            case CANCELLATION -> AppointmentStatus.CANCELLED;
            case OFFER -> AppointmentStatus.PROPOSED;
            case CONFIRMATION, REMINDER, RESCHEDULE -> AppointmentStatus.BOOKED;
            case FOLLOWUP, SURVEY, RECALL -> AppointmentStatus.FULFILLED;
            case MISSED -> AppointmentStatus.NOSHOW;
        };
    }

    private Verdict forPatient(DueMessage message, AppointmentFacts visit, PatientContact patient, Batch batch) {
        if (patient.optedOut()) {
            return new Verdict.Suppress("opted-out");
        }
        if (patient.restricted()) {
            return new Verdict.Suppress("restricted");
        }
        if (message.kind() == TemplateKind.RECALL && patient.marketingOptedOut()) {
            return new Verdict.Suppress("no-marketing-consent"); // asking somebody to come is close enough to it
        }
        if (message.kind() == TemplateKind.RECALL && batch.spent()) {
            return new Verdict.Later(batch.now().plus(WHILE_SPENT), MarketingBudget.REACHED);
        }
        if (message.kind() == TemplateKind.SURVEY && surveys.askedLately(patient.id())) {
            return new Verdict.Suppress("asked-lately");
        }
        var phone = patient.phone();
        if (phone == null) {
            return new Verdict.Suppress("no-phone");
        }
        // The clocks of the place where the visit is: closer to the patient's than those of the clinic's seat.
        var zone = visit.zone();
        var terms = batch.termsOf(message);
        var today = batch.now().atZone(zone).toLocalDate();
        if (terms.workingDays() && batch.nonWorking().contains(today)) {
            return new Verdict.Later(
                    batch.nonWorking().firstFrom(today).atStartOfDay(zone).toInstant(), "non-working-day");
        }
        var quiet = new QuietTime(batch.quietHours(), zone);
        var quietUntil = quiet.endOfQuietAt(batch.now());
        if (quietUntil.isPresent()) {
            return new Verdict.Later(quietUntil.get(), "quiet-hours");
        }
        if (terms.holdoutPercent() > 0
                && message.ruleId() instanceof UUID rule
                && outbox.lastTold(visit.id()).filter(Told.of(visit)::equals).isPresent()
                && trials.draw(rule, visit, terms.holdoutPercent())) {
            return new Verdict.Suppress("hold-out"); // they know of the visit: nobody is left without any notice
        }
        var others = batch.others().getOrDefault(message.id(), List.of()).stream()
                .filter(other -> other.status() == expected(message.kind())
                        && other.start().isAfter(batch.now()))
                .toList();
        var content = new Verdict.Content.OfOccasion(
                occasion(message),
                patient.language(),
                VisitFields.of(visit, patient, batch.clinic(), batch.links().get(visit.id()), others, List.of()),
                visit.participation() != Participation.ACCEPTED);
        // Should the line go away meanwhile, the gateway must not send it in the night.
        var notAfter = Stream.concat(
                        quiet.nextQuietAfter(batch.now()).stream(),
                        terms.workingDays() && batch.nonWorking().contains(today.plusDays(1))
                                ? Stream.of(today.plusDays(1).atStartOfDay(zone).toInstant())
                                : Stream.<Instant>empty())
                .filter(begins -> begins.isBefore(message.usefulUntil()))
                .min(Comparator.naturalOrder())
                .orElse(message.usefulUntil());
        return new Verdict.Send(content, phone, notAfter, terms.otherLine());
    }

    /** A move of which the old time was never told is no change: where bookings are confirmed, it is the confirmation. */
    private TemplateKind occasion(DueMessage message) {
        boolean changesNothing = message.kind() == TemplateKind.RESCHEDULE
                && outbox.lastTold(message.subjectId()).isEmpty()
                && !outbox.toldAlong(message.subjectId())
                && !planning.noticesOf(message.subjectId(), RuleTrigger.BOOKED).isEmpty();
        return changesNothing ? TemplateKind.CONFIRMATION : message.kind();
    }
}
