package app.recado.notifications;

import app.recado.kernel.Problem;
import app.recado.kernel.json.OneLine;
import app.recado.notifications.NotificationRule.Conditions;
import app.recado.notifications.NotificationRule.Details;
import app.recado.notifications.NotificationRule.Timing;
import app.recado.scheduling.AppointmentSource;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A rule as it shall be. */
@Schema(name = "NotificationRuleInput")
record NotificationRuleInput(
        @Schema(
                description = "As the clinic calls it; left out for a name by its trigger",
                example = "Pedir confirmación")
        @OneLine
        @Nullable @Size(min = 1, max = 60) String name,

        @Schema(description = "What makes it write; stays as it is once the rule exists") @NotNull RuleTrigger trigger,

        @Schema(description = "How long before the visit, in minutes; only of before-visit", example = "1440")
        @Nullable @Min(SOONEST) @Max(FURTHEST) Integer minutesBefore,

        @Schema(
                description =
                        "How long after the end of the visit, in minutes; only of after-visit, survey and no-show",
                example = "120")
        @Nullable @Min(0) @Max(LATEST) Integer minutesAfter,

        @Schema(
                description = "So many days after the day of the visit; only of recall, which has these or months",
                example = "180")
        @Nullable @Min(1) @Max(MOST_DAYS) Integer daysAfter,

        @Schema(
                description = "So many months after the day of the visit; only of recall, which has these or days",
                example = "6")
        @Nullable @Min(1) @Max(MOST_MONTHS) Integer monthsAfter,

        @Schema(description = "On the clocks of the visit's place; only of same-day and recall", example = "07:30")
        @Nullable @Pattern(regexp = CLOCK) String time,

        @Schema(
                description =
                        "What would be due on a Sunday or a public holiday is due at the same hour of the working day before "
                                + "it, or after it when it follows the visit, and nothing leaves on such a day; left out, false",
                example = "true")
        @Nullable Boolean workingDaysOnly,

        @Schema(description = "Which visits it is about; left out for all") @Valid @Nullable ConditionsInput conditions,

        @Schema(description = "It stops once the patient has said whether they come; left out, false", example = "true")
        @Nullable Boolean unansweredOnly,

        @Schema(
                description = "It does not leave later than so many minutes before the visit; left out, 0",
                example = "60")
        @Nullable @Min(0) @Max(FURTHEST) Integer latestMinutesBefore,

        @Schema(
                description = "The line it leaves on; left out for the clinic's default one",
                example = "01937f3e-0000-7000-8000-000000000007")
        @Nullable UUID lineId,

        @Schema(
                description =
                        "When its line has been down for ten minutes it leaves on another one that works; left out, false",
                example = "true")
        @Nullable Boolean otherLineWhenDown,

        @Schema(
                description =
                        "So many visits of a hundred go without its reminder, drawn at random among those whose patient knows of "
                                + "them; left out, none",
                example = "10")
        @Nullable @Min(5) @Max(10) Integer holdoutPercent,

        @Schema(description = "False pauses it; left out, true", example = "true") @Nullable Boolean active,

        @Schema(
                description =
                        "How many messages within a day somebody was told of and wants; asked for when they are many",
                example = "230")
        @Nullable @Min(0) Integer confirmedMessages) {

    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /** Earlier than three months before a visit nobody is reminded of it. */
    private static final int FURTHEST = 90 * 24 * 60;

    /** Later than a month after a visit nobody writes about it. */
    private static final int LATEST = 30 * 24 * 60;

    private static final int MOST_DAYS = 1000;
    private static final int MOST_MONTHS = 36;
    private static final int SOONEST = 15;
    private static final int MOST = 100;

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
            @Nullable Boolean firstVisit,

            @Schema(
                    description =
                            "True for patients of a family, for whom somebody answers the phone or who answer it; false for every "
                                    + "other; null or left out for both",
                    example = "true")
            @Nullable Boolean household) {

        Conditions conditions() {
            return new Conditions(
                    all(healthcareServiceIds),
                    all(practitionerIds),
                    all(locationIds),
                    all(insuranceIds),
                    all(sources),
                    all(tags),
                    firstVisit,
                    household);
        }

        private static <T> List<T> all(@Nullable List<T> named) {
            return Objects.requireNonNullElse(named, List.of());
        }
    }

    Details details() {
        var called = name();
        return new Details(
                called == null || called.isBlank() ? null : called.strip(),
                trigger,
                new Timing(
                        minutes(),
                        daysAfter,
                        monthsAfter,
                        time == null ? null : LocalTime.parse(time),
                        Boolean.TRUE.equals(workingDaysOnly)),
                conditions == null ? Conditions.NONE : conditions.conditions(),
                Boolean.TRUE.equals(unansweredOnly),
                Objects.requireNonNullElse(latestMinutesBefore, 0),
                lineId,
                Boolean.TRUE.equals(otherLineWhenDown),
                holdoutPercent);
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for the lead of another trigger */
    private @Nullable Integer minutes() {
        boolean before = trigger == RuleTrigger.BEFORE_VISIT;
        var strange = before ? minutesAfter : minutesBefore;
        if (strange != null) {
            throw Problem.INVALID_FIELDS.at(
                    before ? "/minutesAfter" : "/minutesBefore", "unknown-value", "The trigger has no such lead");
        }
        return before ? minutesBefore : minutesAfter;
    }

    boolean wanted() {
        return !Boolean.FALSE.equals(active);
    }
}
