package app.recado.notifications;

import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import app.recado.templates.TemplateKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What would go out, and why a patient was told something or not, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Notification rules")
class NotificationForecastController {

    private final NotificationForecast forecast;
    private final RuleExplanation explanation;
    private final PatientReads reads;

    NotificationForecastController(NotificationForecast forecast, RuleExplanation explanation, PatientReads reads) {
        this.forecast = forecast;
        this.explanation = explanation;
        this.reads = reads;
    }

    /** What would go out. */
    @Schema(name = "NotificationForecast")
    record ForecastView(
            @Schema(description = "Every day that was asked for, in order")
            List<DayView> days,

            @Schema(description = "Rules of which something is told; rules that tell nothing are left out")
            List<RuleCount> rules,

            @Schema(description = "What becomes of what is due in these days, as things stand")
            List<OutlookCount> outlooks,

            @Schema(description = "False when there is more than is looked at: the first 20,000", example = "true")
            boolean complete) {}

    /** What is told on a day of the clinic. */
    @Schema(name = "NotificationForecastDay")
    record DayView(
            @Schema(description = "The day", example = "2026-11-26")
            LocalDate date,

            @Schema(description = "How many have left", example = "41")
            int left,

            @Schema(description = "How many are still to leave", example = "44")
            int planned) {}

    /** How much a rule tells. */
    @Schema(name = "NotificationForecastRule")
    record RuleCount(
            @Schema(description = "The rule", example = "01937f3e-0000-7000-8000-000000000021")
            UUID ruleId,

            @Schema(description = "How many messages", example = "58")
            int messages) {}

    /** How many messages come to the same. */
    @Schema(name = "NotificationForecastOutlook")
    record OutlookCount(
            @Schema(description = "What becomes of them") Outlook outlook,

            @Schema(description = "How many messages", example = "5")
            int messages) {}

    /** One message and what becomes of it. */
    @Schema(name = "NotificationForecastMessage")
    record ForecastMessage(
            @Schema(description = "The message", example = "01937f3e-0000-7000-8000-000000000006")
            UUID messageId,

            @Schema(description = "The visit", example = "01937f3e-0000-7000-8000-000000000004")
            UUID appointmentId,

            @Schema(description = "Whom it is for", example = "01937f3e-0000-7000-8000-000000000001")
            UUID patientId,

            @Schema(description = "As staff call them", example = "Ana Núñez")
            String displayName,

            @Schema(description = "When the visit begins", example = "2026-11-27T13:00:00Z")
            Instant start,

            @Schema(description = "The occasion") TemplateKind kind,

            @Schema(
                    description = "Why it is planned; null for a correction",
                    example = "01937f3e-0000-7000-8000-000000000021")
            @Nullable UUID ruleId,

            @Schema(description = "When it is due", example = "2026-11-26T13:00:00Z")
            Instant dueAt,

            @Schema(description = "What becomes of it, as things stand")
            Outlook outlook) {}

    /** What each rule did for a visit. */
    @Schema(name = "NotificationExplanations")
    record Explanations(
            @Schema(description = "Rule by rule as they are listed; then what no rule of today wrote")
            List<RuleExplanation.Explanation> items) {}

    @Operation(
            operationId = "getNotificationForecast",
            summary = "What would go out in the next days",
            description = "Of visits that are booked, by the rules and settings as they are now.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/notification-forecast")
    ForecastView forecast(
            @PathVariable UUID organizationId,
            @Parameter(description = "How many days, with today")
                    @RequestParam(defaultValue = "7")
                    @Min(1) @Max(NotificationForecast.MOST_DAYS) int days) {
        return forecast.of(days);
    }

    @Operation(
            operationId = "listNotificationForecast",
            summary = "What would go out in the next days, message by message",
            description = "The first due first.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/notification-forecast/messages")
    Page<ForecastMessage> messages(
            @PathVariable UUID organizationId,
            @Parameter(description = "How many days, with today")
                    @RequestParam(defaultValue = "7")
                    @Min(1) @Max(NotificationForecast.MOST_DAYS) int days,
            @Parameter(description = "Of one day of the clinic; left out, of all")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate date,
            @Parameter(description = "Of one rule; left out, of all") @RequestParam(required = false) @Nullable UUID ruleId,
            @Parameter(description = "With one outlook; left out, with any")
                    @RequestParam(required = false)
                    @Size(max = 30) @Nullable String outlook,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        var page = forecast.messages(
                days,
                new NotificationForecast.Filter(date, ruleId, outlook == null ? null : outlookOf(outlook)),
                limit,
                cursor);
        reads.shown(
                PatientPart.VISITS,
                page.items().stream().map(ForecastMessage::patientId).collect(Collectors.toSet()));
        return page;
    }

    private static Outlook outlookOf(String name) {
        return Arrays.stream(Outlook.values())
                .filter(outlook -> outlook.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_PARAMETER.because("There is no such outlook"));
    }

    @Operation(
            operationId = "explainNotifications",
            summary = "Why a patient was told of a visit or not",
            description = "What each rule did for the visit as it is now, and what will become of what is planned.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/appointments/{id}/notifications")
    Explanations explain(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var explained = explanation.of(id);
        reads.shown(PatientPart.MESSAGES, explained.patientId());
        return new Explanations(explained.items());
    }
}
