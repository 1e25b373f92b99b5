package app.recado.notifications;

import app.recado.organizations.MessagingPreferences.QuietHours;
import app.recado.patients.PatientContact;
import app.recado.scheduling.Participation;
import app.recado.templates.TemplateKind;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a planned message if nothing changed until it is due: the reasons of {@link AppointmentEligibility},
 * looked at beforehand.
 */
enum Outlook {
    /** An engine has it, or it left. */
    @JsonProperty("left")
    LEFT,
    /** It leaves when it is due. */
    @JsonProperty("leaves")
    LEAVES,
    /** It is due in quiet hours and leaves when they end. */
    @JsonProperty("waits-for-quiet-hours")
    WAITS_FOR_QUIET_HOURS,
    /** After the quiet hours in which it is due it is of no use. */
    @JsonProperty("lost-to-quiet-hours")
    LOST_TO_QUIET_HOURS,
    /** They want no messages. */
    @JsonProperty("opted-out")
    OPTED_OUT,
    /** The processing of their data is restricted. */
    @JsonProperty("restricted")
    RESTRICTED,
    /** The clinic has no phone of them. */
    @JsonProperty("no-phone")
    NO_PHONE,
    /** They said that they do not come. */
    @JsonProperty("declined")
    DECLINED,
    /** They have confirmed, and the rule is for those who have not. */
    @JsonProperty("answered")
    ANSWERED,
    /** They have come again, or are about to. */
    @JsonProperty("visit-booked")
    VISIT_BOOKED,
    /** They want no marketing, and it asks them to come. */
    @JsonProperty("no-marketing-consent")
    NO_MARKETING_CONSENT;

    /** Of no use to somebody who has come again, or is about to. */
    static final Set<TemplateKind> ASK_TO_COME_AGAIN = EnumSet.of(TemplateKind.MISSED, TemplateKind.RECALL);

    /** As it is written in the API, for example {@code opted-out}. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isTold() {
        return this == LEFT || this == LEAVES || this == WAITS_FOR_QUIET_HOURS;
    }

    /**
     * A message as it is planned.
     *
     * @param followed the patient has come again for the same service since the visit, or is about to
     * @param zone of the visit's place
     */
    record Planned(
            boolean waiting,
            TemplateKind kind,
            boolean followed,
            boolean unansweredOnly,
            Participation participation,
            Instant dueAt,
            Instant usefulUntil,
            ZoneId zone) {}

    /** @param patient null when the clinic has no such patient any more */
    static Outlook of(Planned message, @Nullable PatientContact patient, @Nullable QuietHours quietHours) {
        if (!message.waiting()) {
            return LEFT;
        }
        if (message.kind() == TemplateKind.REMINDER && message.participation() == Participation.DECLINED) {
            return DECLINED;
        }
        if (message.unansweredOnly() && message.participation() == Participation.ACCEPTED) {
            return ANSWERED;
        }
        if (message.followed() && ASK_TO_COME_AGAIN.contains(message.kind())) {
            return VISIT_BOOKED;
        }
        if (patient != null && patient.optedOut()) {
            return OPTED_OUT;
        }
        if (patient != null && message.kind() == TemplateKind.RECALL && patient.marketingOptedOut()) {
            return NO_MARKETING_CONSENT;
        }
        if (patient != null && patient.restricted()) {
            return RESTRICTED;
        }
        if (patient == null || patient.phone() == null) {
            return NO_PHONE;
        }
        var quietUntil = new QuietTime(quietHours, message.zone()).endOfQuietAt(message.dueAt());
        if (quietUntil.isEmpty()) {
            return LEAVES;
        }
        return quietUntil.get().isBefore(message.usefulUntil()) ? WAITS_FOR_QUIET_HOURS : LOST_TO_QUIET_HOURS;
    }
}
