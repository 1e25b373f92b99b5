package app.recado.notifications;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import app.recado.notifications.NotificationRule.Conditions;
import app.recado.notifications.NotificationRule.Details;
import app.recado.scheduling.AppointmentSource;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
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

    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    /** Earlier than three months before a visit nobody is reminded of it. */
    private static final int FURTHEST = 90 * 24 * 60;

    private static final int SOONEST = 15;
    private static final int MOST = 100;

    private final NotificationRules rules;

    NotificationRuleController(NotificationRules rules) {
        this.rules = rules;
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
            @Nullable Boolean firstVisit) {

        static ConditionsView of(Conditions conditions) {
            return new ConditionsView(
                    conditions.serviceIds(),
                    conditions.practitionerIds(),
                    conditions.locationIds(),
                    conditions.insuranceIds(),
                    conditions.sources(),
                    conditions.tags(),
                    conditions.firstVisit());
        }
    }

    /** Which visits a rule is about; a condition that is left out or empty holds for all. */
    @Schema(name = "NotificationRuleConditionsInput")
    record ConditionsInput(
            @Schema(description = "For these services; empty for all") @Size(max = MOST) @Nullable List<@NotNull UUID> healthcareServiceIds,

            @Schema(description = "With these practitioners; empty for all") @Size(max = MOST) @Nullable List<@NotNull UUID> practitionerIds,

            @Schema(description = "At these locations; empty for all") @Size(max = MOST) @Nullable List<@NotNull UUID> locationIds,

            @Schema(description = "Paid by these insurances; empty for all") @Size(max = MOST) @Nullable List<@NotNull UUID> insuranceIds,

            @Schema(description = "Booked in these ways; empty for all") @Size(max = 5) @Nullable List<@NotNull AppointmentSource> sources,

            @Schema(description = "Of patients with one of these tags; empty for all") @Size(max = 10) @Nullable List<@NotNull @Size(min = 1, max = 30) String> tags,

            @Schema(
                    description =
                            "True for the first visit of a patient alone, false for every other; null or left out for both",
                    example = "true")
            @Nullable Boolean firstVisit) {

        Conditions conditions() {
            return new Conditions(
                    all(healthcareServiceIds),
                    all(practitionerIds),
                    all(locationIds),
                    all(insuranceIds),
                    all(sources),
                    all(tags),
                    firstVisit);
        }

        private static <T> List<T> all(@Nullable List<T> named) {
            return Objects.requireNonNullElse(named, List.of());
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

            @Schema(description = "On the clocks of the visit's place; only of same-day", example = "07:30") @Nullable String time,

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

            @Schema(description = "The occasion whose text it sends", example = "reminder")
            app.recado.templates.TemplateKind template,

            @Schema(description = "False while it is paused: nothing is planned by it", example = "true")
            boolean active,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static RuleView of(NotificationRule rule) {
            var details = rule.details();
            var time = details.time();
            return new RuleView(
                    rule.id(),
                    details.name(),
                    details.trigger(),
                    details.minutes(),
                    time == null ? null : HOUR.format(time),
                    ConditionsView.of(details.conditions()),
                    details.unansweredOnly(),
                    details.latestMinutes(),
                    details.lineId(),
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

    /** A rule as it shall be. */
    @Schema(name = "NotificationRuleInput")
    record RuleInput(
            @Schema(
                    description = "As the clinic calls it; left out for a name by its trigger",
                    example = "Pedir confirmación")
            @OneLine
            @Nullable @Size(min = 1, max = 60) String name,

            @Schema(description = "What makes it write; stays as it is once the rule exists") @NotNull RuleTrigger trigger,

            @Schema(description = "How long before the visit, in minutes; only of before-visit", example = "1440")
            @Nullable @Min(SOONEST) @Max(FURTHEST) Integer minutesBefore,

            @Schema(description = "On the clocks of the visit's place; only of same-day", example = "07:30")
            @Nullable @Pattern(regexp = CLOCK) String time,

            @Schema(description = "Which visits it is about; left out for all") @Valid @Nullable ConditionsInput conditions,

            @Schema(
                    description = "It stops once the patient has said whether they come; left out, false",
                    example = "true")
            @Nullable Boolean unansweredOnly,

            @Schema(
                    description = "It does not leave later than so many minutes before the visit; left out, 0",
                    example = "60")
            @Nullable @Min(0) @Max(FURTHEST) Integer latestMinutesBefore,

            @Schema(
                    description = "The line it leaves on; left out for the clinic's default one",
                    example = "01937f3e-0000-7000-8000-000000000007")
            @Nullable UUID lineId,

            @Schema(description = "False pauses it; left out, true", example = "true") @Nullable Boolean active,

            @Schema(
                    description =
                            "How many messages within a day somebody was told of and wants; asked for when they are many",
                    example = "230")
            @Nullable @Min(0) Integer confirmedMessages) {

        Details details() {
            var called = name();
            return new Details(
                    called == null || called.isBlank() ? null : called.strip(),
                    trigger,
                    minutesBefore,
                    time == null ? null : LocalTime.parse(time),
                    conditions == null ? Conditions.NONE : conditions.conditions(),
                    Boolean.TRUE.equals(unansweredOnly),
                    Objects.requireNonNullElse(latestMinutesBefore, 0),
                    lineId);
        }

        boolean wanted() {
            return !Boolean.FALSE.equals(active);
        }
    }

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
    ResponseEntity<RuleView> create(@PathVariable UUID organizationId, @Valid @RequestBody RuleInput body) {
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
            @Valid @RequestBody RuleInput body) {
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
