package app.recado.notifications;

import app.recado.scheduling.AppointmentStatus;
import app.recado.templates.TemplateKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** What makes a rule write to a patient; in the order in which rules are listed. */
enum RuleTrigger {
    /** A visit was booked, or one that the patient had asked for was accepted. */
    @JsonProperty("booked")
    BOOKED(TemplateKind.CONFIRMATION, Due.AT_ONCE, AppointmentStatus.BOOKED),
    /** It has another time or practitioner. */
    @JsonProperty("moved")
    MOVED(TemplateKind.RESCHEDULE, Due.AT_ONCE, AppointmentStatus.BOOKED),
    /** Staff cancelled it. */
    @JsonProperty("cancelled")
    CANCELLED(TemplateKind.CANCELLATION, Due.AT_ONCE, AppointmentStatus.CANCELLED),
    /** So many minutes before it begins. */
    @JsonProperty("before-visit")
    BEFORE_VISIT(TemplateKind.REMINDER, Due.BEFORE, AppointmentStatus.BOOKED),
    /** On its day, at an hour of the place's clocks. */
    @JsonProperty("same-day")
    SAME_DAY(TemplateKind.REMINDER, Due.BEFORE, AppointmentStatus.BOOKED),
    /** So many minutes after the end of a visit that took place. */
    @JsonProperty("after-visit")
    AFTER_VISIT(TemplateKind.FOLLOWUP, Due.AFTERWARDS, AppointmentStatus.FULFILLED),
    /** The same, and the patient is asked how it was. */
    @JsonProperty("survey")
    SURVEY(TemplateKind.SURVEY, Due.AFTERWARDS, AppointmentStatus.FULFILLED),
    /** So many minutes after the end of a visit to which the patient did not come. */
    @JsonProperty("no-show")
    NO_SHOW(TemplateKind.MISSED, Due.AFTERWARDS, AppointmentStatus.NOSHOW),
    /** So many days or months after the last visit of a service, at an hour of the place's clocks. */
    @JsonProperty("recall")
    RECALL(TemplateKind.RECALL, Due.AFTERWARDS, AppointmentStatus.FULFILLED);

    private enum Due {
        AT_ONCE,
        BEFORE,
        AFTERWARDS
    }

    private final TemplateKind kind;
    private final Due due;
    private final AppointmentStatus status;

    RuleTrigger(TemplateKind kind, Due due, AppointmentStatus status) {
        this.kind = kind;
        this.due = due;
        this.status = status;
    }

    /** The occasion whose text it sends. */
    TemplateKind kind() {
        return kind;
    }

    /** True when it is due at a time that follows from the visit's; false when something that happens makes it due. */
    boolean isScheduled() {
        return due != Due.AT_ONCE;
    }

    /** True when it is due before the visit begins. */
    boolean isBefore() {
        return due == Due.BEFORE;
    }

    /** True when it is due after the visit. */
    boolean isAfterwards() {
        return due == Due.AFTERWARDS;
    }

    /** Where the visit stands that it writes about. */
    AppointmentStatus status() {
        return status;
    }

    static RuleTrigger of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String[] wireNames() {
        return Arrays.stream(values()).map(RuleTrigger::wireName).toArray(String[]::new);
    }
}
