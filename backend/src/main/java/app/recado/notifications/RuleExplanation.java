package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.notifications.Outlook.Planned;
import app.recado.organizations.OrganizationMessaging;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.AppointmentFacts;
import app.recado.scheduling.AppointmentStatus;
import app.recado.scheduling.Appointments;
import app.recado.templates.TemplateKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Why a patient was told something of a visit, or was not, rule by rule. */
@Service
class RuleExplanation {

    private final NotificationRules rules;
    private final RulePlanning planning;
    private final Appointments appointments;
    private final PatientContacts patients;
    private final OrganizationMessaging messaging;
    private final JdbcClient jdbc;
    private final Clock clock;

    RuleExplanation(
            NotificationRules rules,
            RulePlanning planning,
            Appointments appointments,
            PatientContacts patients,
            OrganizationMessaging messaging,
            JdbcClient jdbc,
            Clock clock) {
        this.rules = rules;
        this.planning = planning;
        this.appointments = appointments;
        this.patients = patients;
        this.messaging = messaging;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What became of a rule for one visit. */
    enum Outcome {
        /** There is a message: its state and reason say what became of it, its outlook what will. */
        @JsonProperty("message")
        MESSAGE,
        /** The rule is paused. */
        @JsonProperty("paused")
        PAUSED,
        /** The visit does not meet the rule's conditions. */
        @JsonProperty("conditions-not-met")
        CONDITIONS,
        /** What the rule waits for has not happened to the visit as it is now. */
        @JsonProperty("not-happened")
        NOT_HAPPENED,
        /** The visit is not awaited any more. */
        @JsonProperty("not-awaited")
        NOT_AWAITED,
        /** At the time of the rule it would be too close to the visit to be of use. */
        @JsonProperty("too-close")
        TOO_CLOSE,
        /** Its time had passed when the visit was booked or the rule was added; what left then took its place. */
        @JsonProperty("passed")
        PASSED
    }

    /** What a rule did for a visit. */
    @Schema(name = "NotificationExplanation")
    record Explanation(
            @Schema(
                    description = "The rule; null for a correction, and for one that was deleted since",
                    example = "01937f3e-0000-7000-8000-000000000021")
            @Nullable UUID ruleId,

            @Schema(description = "What became of it") Outcome outcome,

            @Schema(
                    description = "The message, if there is one; the last attempt",
                    example = "01937f3e-0000-7000-8000-000000000006")
            @Nullable UUID messageId,

            @Schema(description = "The occasion") TemplateKind kind,

            @Schema(
                    description = "How far the message came; null without one",
                    example = "delivered",
                    allowableValues = {
                        "planned",
                        "queued",
                        "handed",
                        "accepted",
                        "sending",
                        "unknown",
                        "expired",
                        "withdrawn",
                        "superseded",
                        "suppressed",
                        "failed",
                        "sent",
                        "delivered",
                        "read"
                    })
            @Nullable String state,

            @Schema(
                    description = "Why it is in that state; null when the state needs no reason",
                    example = "quiet-hours")
            @Nullable String reason,

            @Schema(
                    description = "When it was or will be due; null when it never will",
                    example = "2026-11-26T13:00:00Z")
            @Nullable Instant dueAt,

            @Schema(description = "What becomes of a message that waits, as things stand; null for others") @Nullable Outlook outlook) {}

    /** @param patientId whose visit it is */
    record Explained(UUID patientId, List<Explanation> items) {}

    private record Message(
            UUID id,
            @Nullable UUID ruleId,
            TemplateKind kind,
            String state,
            @Nullable String reason,
            Instant dueAt,
            Instant usefulUntil) {

        boolean waits() {
            return state.equals("planned") || state.equals("queued");
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Explained of(UUID id) {
        var visit = appointments
                .find(id)
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such appointment"));
        var patient = patients.find(visit.patientId()).orElse(null);
        var messages = messagesOf(visit);
        var met = planning.metBy(id);
        var items = new ArrayList<Explanation>();
        var explained = new HashSet<UUID>();
        for (var rule : rules.all()) {
            messages.stream()
                    .filter(message -> rule.id().equals(message.ruleId()))
                    .findFirst()
                    .ifPresentOrElse(
                            message -> {
                                explained.add(message.id());
                                items.add(told(rule.id(), rule, message, visit, patient));
                            },
                            () -> items.add(untold(rule, met, visit)));
        }
        var known = new HashSet<>(rules.all().stream().map(NotificationRule::id).toList());
        for (var message : messages) {
            boolean ofRule = message.ruleId() != null && known.contains(message.ruleId());
            if (!ofRule && explained.add(message.id())) {
                items.add(told(null, null, message, visit, patient));
            }
        }
        return new Explained(visit.patientId(), items);
    }

    private Explanation told(
            @Nullable UUID ruleId,
            @Nullable NotificationRule rule,
            Message message,
            AppointmentFacts visit,
            @Nullable PatientContact patient) {
        var outlook = !message.waits()
                ? null
                : Outlook.of(
                        new Planned(
                                true,
                                message.kind(),
                                planning.followed(Set.of(visit.id())).contains(visit.id()),
                                rule != null && rule.details().unansweredOnly(),
                                visit.participation(),
                                message.dueAt(),
                                message.usefulUntil(),
                                visit.zone()),
                        patient,
                        messaging.preferences().quietHours());
        return new Explanation(
                ruleId,
                Outcome.MESSAGE,
                message.id(),
                message.kind(),
                message.state(),
                message.reason(),
                message.dueAt(),
                outlook);
    }

    private Explanation untold(NotificationRule rule, Set<UUID> met, AppointmentFacts visit) {
        var due = dueOf(rule, visit);
        Outcome outcome;
        if (!rule.active()) {
            outcome = Outcome.PAUSED;
        } else if (!met.contains(rule.id())) {
            outcome = Outcome.CONDITIONS;
        } else if (!rule.details().trigger().isScheduled()) {
            outcome = Outcome.NOT_HAPPENED;
        } else if (rule.details().trigger().isAfterwards()) {
            outcome = visit.status() == rule.details().trigger().status() ? Outcome.PASSED : Outcome.NOT_HAPPENED;
        } else if (visit.status() != AppointmentStatus.BOOKED) {
            outcome = Outcome.NOT_AWAITED;
        } else if (due != null
                && !due.isBefore(visit.start().minusSeconds(60L * rule.details().latestMinutes()))) {
            outcome = Outcome.TOO_CLOSE;
        } else {
            outcome = due != null && due.isAfter(clock.instant()) ? Outcome.NOT_AWAITED : Outcome.PASSED;
        }
        return new Explanation(
                rule.id(), outcome, null, rule.details().trigger().kind(), null, null, due, null);
    }

    /** Null for what is due when something happens, or follows the visit. */
    private @Nullable Instant dueOf(NotificationRule rule, AppointmentFacts visit) {
        var timing = rule.details().timing();
        var due = switch (rule.details().trigger()) {
            case BEFORE_VISIT -> visit.start().minusSeconds(60L * Objects.requireNonNull(timing.minutes()));
            case SAME_DAY ->
                visit.start()
                        .atZone(visit.zone())
                        .toLocalDate()
                        .atTime(Objects.requireNonNull(timing.time()))
                        .atZone(visit.zone())
                        .toInstant();
            case BOOKED, MOVED, CANCELLED, AFTER_VISIT, SURVEY, NO_SHOW, RECALL -> null;
        };
        if (due == null || !timing.workingDays()) {
            return due;
        }
        var local = due.atZone(visit.zone());
        return local.with(planning.nonWorkingDaysAround(local.toLocalDate()).lastUntil(local.toLocalDate()))
                .toInstant();
    }

    /** About the version as it is, the last attempt first. */
    private List<Message> messagesOf(AppointmentFacts visit) {
        return jdbc.sql("""
                        select id, rule_id, kind, state, reason, due_at, useful_until from message
                         where organization_id = ? and subject_id = ? and (subject_version = ? or out_at is not null)
                         order by subject_version desc, attempt desc, due_at, id
                        """)
                .params(CurrentOrganization.id(), visit.id(), visit.scheduleVersion())
                .query((row, n) -> new Message(
                        row.getObject("id", UUID.class),
                        row.getObject("rule_id", UUID.class),
                        TemplateKind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
                        row.getString("state"),
                        row.getString("reason"),
                        SqlTime.instant(row, "due_at"),
                        SqlTime.instant(row, "useful_until")))
                .list();
    }
}
