package app.recado.notifications;

import app.recado.templates.TemplateKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What makes a rule write to a patient. */
enum RuleTrigger {
    /** A visit was booked, or one that the patient had asked for was accepted. */
    @JsonProperty("booked")
    BOOKED(TemplateKind.CONFIRMATION, false),
    /** It has another time or practitioner. */
    @JsonProperty("moved")
    MOVED(TemplateKind.RESCHEDULE, false),
    /** Staff cancelled it. */
    @JsonProperty("cancelled")
    CANCELLED(TemplateKind.CANCELLATION, false),
    /** So many minutes before it begins. */
    @JsonProperty("before-visit")
    BEFORE_VISIT(TemplateKind.REMINDER, true),
    /** On its day, at an hour of the place's clocks. */
    @JsonProperty("same-day")
    SAME_DAY(TemplateKind.REMINDER, true);

    private final TemplateKind kind;
    private final boolean scheduled;

    RuleTrigger(TemplateKind kind, boolean scheduled) {
        this.kind = kind;
        this.scheduled = scheduled;
    }

    /** The occasion whose text it sends. */
    TemplateKind kind() {
        return kind;
    }

    /** True when it is due at a time that follows from the visit's; false when something that happens makes it due. */
    boolean isScheduled() {
        return scheduled;
    }

    static RuleTrigger of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
