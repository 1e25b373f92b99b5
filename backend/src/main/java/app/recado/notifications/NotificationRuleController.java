package app.recado.notifications;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import app.recado.notifications.NotificationRule.Conditions;
import app.recado.scheduling.AppointmentSource;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rules over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/notification-rules")
@Tag(name = "Notification rules")
class NotificationRuleController {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final NotificationRules rules;
    private final RuleEffects effects;
    private final RuleCosts costs;

    NotificationRuleController(NotificationRules rules, RuleEffects effects, RuleCosts costs) {
        this.rules = rules;
        this.effects = effects;
        this.costs = costs;
    }

    /** Which visits a rule is about; what is empty or null holds for all. */
    @Schema(name = "NotificationRuleConditions")
    record ConditionsView(
            @Schema(description = "For these services; empty for all")
            List<UUID> healthcareServiceIds,

            @Schema(description = "With these practitioners; empty for all")
            List<UUID> practitionerIds,

            @Schema(description = "At these locations; empty for all")
            List<UUID> locationIds,

            @Schema(description = "Paid by these insurances; empty for all")
            List<UUID> insuranceIds,

            @Schema(description = "Booked in these ways; empty for all")
            List<AppointmentSource> sources,

            @Schema(description = "Of patients with one of these tags; empty for all")
            List<String> tags,

            @Schema(
                    description = "True for the first visit of a patient alone, false for every other; null for both",
                    example = "true")
            @Nullable Boolean firstVisit,

            @Schema(
                    description =
                            "True for patients of a family, for whom somebody answers the phone or who answer it; false for every "
                                    + "other; null for both",
                    example = "true")
            @Nullable Boolean household) {

        static ConditionsView of(Conditions conditions) {
            return new ConditionsView(
                    conditions.serviceIds(),
                    conditions.practitionerIds(),
                    conditions.locationIds(),
                    conditions.insuranceIds(),
                    conditions.sources(),
                    conditions.tags(),
                    conditions.firstVisit(),
                    conditions.household());
        }
    }

    /** What the clinic tells its patients, when and on which condition. */
    @Schema(name = "NotificationRule")
    record RuleView(
            @Schema(description = "The rule", example = "01937f3e-0000-7000-8000-000000000021")
            UUID id,

            @Schema(
                    description = "As the clinic calls it; null for a name by its trigger",
                    example = "Pedir confirmación")
            @Nullable String name,

            @Schema(description = "What makes it write") RuleTrigger trigger,

            @Schema(description = "How long before the visit, in minutes; only of before-visit", example = "1440")
            @Nullable Integer minutesBefore,

            @Schema(
                    description =
                            "How long after the end of the visit, in minutes; only of after-visit, survey and no-show",
                    example = "120")
            @Nullable Integer minutesAfter,

            @Schema(description = "So many days after the day of the visit; only of recall", example = "180") @Nullable Integer daysAfter,

            @Schema(description = "So many months after the day of the visit; only of recall", example = "6") @Nullable Integer monthsAfter,

            @Schema(description = "On the clocks of the visit's place; only of same-day and recall", example = "07:30")
            @Nullable String time,

            @Schema(
                    description =
                            "What would be due on a Sunday or a public holiday is due at the same hour of the working day before "
                                    + "it, or after it when it follows the visit, and nothing leaves on such a day",
                    example = "true")
            boolean workingDaysOnly,

            @Schema(description = "Which visits it is about")
            ConditionsView conditions,

            @Schema(description = "It stops once the patient has said whether they come", example = "true")
            boolean unansweredOnly,

            @Schema(description = "It does not leave later than so many minutes before the visit", example = "60")
            int latestMinutesBefore,

            @Schema(
                    description = "The line it leaves on; null for the clinic's default one",
                    example = "01937f3e-0000-7000-8000-000000000007")
            @Nullable UUID lineId,

            @Schema(
                    description = "When its line has been down for ten minutes it leaves on another one that works",
                    example = "true")
            boolean otherLineWhenDown,

            @Schema(
                    description =
                            "So many visits of a hundred go without its reminder, drawn at random among those whose patient knows of "
                                    + "them; null for none",
                    example = "10")
            @Nullable Integer holdoutPercent,

            @Schema(description = "The occasion whose text it sends", example = "reminder")
            app.recado.templates.TemplateKind template,

            @Schema(description = "False while it is paused: nothing is planned by it", example = "true")
            boolean active,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static RuleView of(NotificationRule rule) {
            var details = rule.details();
            var timing = details.timing();
            var time = timing.time();
            boolean before = details.trigger() == RuleTrigger.BEFORE_VISIT;
            return new RuleView(
                    rule.id(),
                    details.name(),
                    details.trigger(),
                    before ? timing.minutes() : null,
                    before ? null : timing.minutes(),
                    timing.days(),
                    timing.months(),
                    time == null ? null : HOUR.format(time),
                    timing.workingDays(),
                    ConditionsView.of(details.conditions()),
                    details.unansweredOnly(),
                    details.latestMinutes(),
                    details.lineId(),
                    details.otherLine(),
                    details.holdoutPercent(),
                    details.trigger().kind(),
                    rule.active(),
                    rule.version());
        }
    }

    /** All rules of the clinic. */
    @Schema(name = "NotificationRules")
    record RuleList(
            @Schema(description = "Notices first, then reminders from the earliest to the latest")
            List<RuleView> items) {}

    @Operation(
            operationId = "listNotificationRules",
            summary = "What the clinic tells its patients, when and on which condition")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    RuleList list(@PathVariable UUID organizationId) {
        return new RuleList(rules.all().stream().map(RuleView::of).toList());
    }

    @Operation(
            operationId = "createNotificationRule",
            summary = "Add a rule",
            description =
                    "Of visits that are booked already, what is still to come is planned; what would have been due earlier is "
                            + "not. A rule by which more than 200 messages leave within a day is refused until it is repeated with "
                            + "their number.")
    @Access(Allow.OWNER)
    @Refuses({Problem.RULE_WRITES_TO_MANY, Problem.TOO_MANY_RULES})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<RuleView> create(@PathVariable UUID organizationId, @Valid @RequestBody NotificationRuleInput body) {
        var rule = RuleView.of(rules.create(
                body.details(),
                body.wanted(),
                body.confirmedMessages(),
                Caller.current().subject()));
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/notification-rules/%s".formatted(organizationId, rule.id())))
                .body(rule);
    }

    @Operation(operationId = "getNotificationRule", summary = "One rule")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}")
    RuleView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return RuleView.of(rules.get(id));
    }

    @Operation(
            operationId = "getNotificationRuleEffect",
            summary = "What the reminder of a rule changes",
            description =
                    "Visits whose patient got it beside those drawn to go without. Nothing is said before 50 visits of each are "
                            + "over; until then the figures are shown and the verdict is too-early.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}/effect")
    RuleEffect effect(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return effects.of(id);
    }

    @Operation(
            operationId = "getNotificationRuleCost",
            summary = "What a rule's messages of the next thirty days would cost",
            description =
                    "Those that wait already, by the prices of today. Visits that are booked meanwhile add to them, and answers "
                            + "and cancellations take some away.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}/cost")
    RuleCosts.RuleCost cost(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return costs.of(id);
    }

    @Operation(
            operationId = "changeNotificationRule",
            summary = "Change or pause a rule",
            description =
                    "What waits of it is changed with it, all or nothing: it is due at its new time, leaves now when that has "
                            + "passed, and is superseded where the rule holds no more. What was sent stays.")
    @Access(Allow.OWNER)
    @Refuses(Problem.RULE_WRITES_TO_MANY)
    @PutMapping("/{id}")
    RuleView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody NotificationRuleInput body) {
        return RuleView.of(rules.change(id, expected, body.details(), body.wanted(), body.confirmedMessages()));
    }

    @Operation(
            operationId = "deleteNotificationRule",
            summary = "Delete a rule",
            description = "What waits of it is superseded; what was sent stays known.")
    @Access(Allow.OWNER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}")
    void delete(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        rules.delete(id, expected);
    }
}
