package app.recado.notifications;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a reminder changes: visits whose patient got it beside those drawn to go without. */
@Schema(name = "NotificationRuleEffect")
record RuleEffect(
        @Schema(description = "The rule", example = "01937f3e-0000-7000-8000-000000000021")
        UUID ruleId,

        @Schema(
                description =
                        "So many visits of a hundred go without as it is now; null for none, then no more are drawn",
                example = "10")
        @Nullable Integer holdoutPercent,

        @Schema(description = "Visits drawn to get the reminder")
        Group reminded,

        @Schema(description = "Visits drawn to go without it")
        Group heldOut,

        @Schema(
                description =
                        "How much greater the share of missed visits is without the reminder; null while a group has no visit "
                                + "that took place or was missed")
        @Nullable Difference noShowsPrevented,

        @Schema(description = "So many visits of each group have to be over before anything is said", example = "50")
        int visitsNeeded,

        @Schema(description = "What can be said") EffectVerdict verdict,

        @Schema(description = "Both groups by service, by its name; nothing is concluded from them")
        List<ServiceGroups> services,

        @Schema(description = "Both groups by week of the visit, the first week first")
        List<WeekGroups> weeks,

        @Schema(
                description =
                        "The visits that were reminded by the line their reminder left on; nothing is concluded from them")
        List<LineGroup> lines) {

    /** So many visits of each group have to be over before anything is said. */
    static final int NEEDED = 50;

    /** What the figures say, and when they do not say anything yet. */
    enum EffectVerdict {
        /** Too few visits are over. */
        @JsonProperty("too-early")
        TOO_EARLY,
        /** The whole interval lies above zero: with the reminder fewer visits are missed. */
        @JsonProperty("fewer-no-shows")
        FEWER,
        /** The whole interval lies below zero. */
        @JsonProperty("more-no-shows")
        MORE,
        /** The interval holds zero: there may be no difference, or one that is too small to be seen yet. */
        @JsonProperty("no-difference-seen")
        NONE_SEEN
    }

    /** Both groups of a service. */
    @Schema(name = "NotificationRuleServiceEffect")
    record ServiceGroups(
            @Schema(description = "The service", example = "01937f3e-0000-7000-8000-000000000003")
            UUID healthcareServiceId,

            @Schema(description = "As the clinic calls it", example = "Control")
            String name,

            @Schema(description = "Visits drawn to get the reminder")
            Group reminded,

            @Schema(description = "Visits drawn to go without it")
            Group heldOut) {}

    /** Visits reminded on one line. Those that went without have none. */
    @Schema(name = "NotificationRuleLineEffect")
    record LineGroup(
            @Schema(description = "The line", example = "01937f3e-0000-7000-8000-000000000003")
            UUID lineId,

            @Schema(description = "As the clinic calls it", example = "Recepción")
            String name,

            @Schema(description = "Visits whose reminder left on it")
            Group reminded) {}

    /** Both groups of a week. */
    @Schema(name = "NotificationRuleWeekEffect")
    record WeekGroups(
            @Schema(description = "Its Monday, on the clinic's clocks", example = "2026-11-23")
            LocalDate week,

            @Schema(description = "Visits drawn to get the reminder")
            Group reminded,

            @Schema(description = "Visits drawn to go without it")
            Group heldOut) {}

    /**
     * One of both groups. Visits that were cancelled or are still to come are in {@code visits} alone.
     *
     * @param noShows of those that took place or were missed; null while there are none
     */
    @Schema(name = "NotificationRuleGroup")
    record Group(
            @Schema(description = "Visits that were drawn", example = "412")
            int visits,

            @Schema(description = "Of them those that took place", example = "360")
            int attended,

            @Schema(description = "Of them those to which nobody came", example = "21")
            int missed,

            @Schema(description = "Of them those that the patient has confirmed", example = "298")
            int confirmed,

            @Schema(description = "The share of missed visits; null while none took place or was missed") @Nullable Difference noShows) {

        static Group of(int visits, int attended, int missed, int confirmed) {
            int decided = attended + missed;
            return new Group(
                    visits, attended, missed, confirmed, decided == 0 ? null : Difference.ofShare(missed, decided));
        }

        int decided() {
            return attended + missed;
        }
    }

    /**
     * A share, or a difference of two, and how sure it is.
     *
     * @param low where the true one begins, with 95 % confidence
     * @param high where it ends
     */
    @Schema(name = "NotificationRuleMeasure")
    record Difference(
            @Schema(description = "As it was counted, from -1 to 1", example = "0.0512")
            double value,

            @Schema(description = "Where the true one begins, with 95 % confidence", example = "0.0103")
            double low,

            @Schema(description = "Where it ends", example = "0.1121")
            double high) {

        /** The normal deviate of 95 %. */
        private static final double Z = 1.959964;

        /** Wilson's score interval. */
        static Difference ofShare(int part, int whole) {
            double share = (double) part / whole;
            double scale = 1 + Z * Z / whole;
            double centre = (share + Z * Z / (2.0 * whole)) / scale;
            double reach = Z / scale * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
            return new Difference(share, Math.max(0, centre - reach), Math.min(1, centre + reach)).rounded();
        }

        /** How much greater the one share is than the other, with Newcombe's interval from both score intervals. */
        static Difference between(Difference one, Difference other) {
            double value = one.value - other.value;
            double below = Math.hypot(one.value - one.low, other.high - other.value);
            double above = Math.hypot(one.high - one.value, other.value - other.low);
            return new Difference(value, value - below, value + above).rounded();
        }

        private Difference rounded() {
            return new Difference(rounded(value), rounded(low), rounded(high));
        }

        private static double rounded(double share) {
            return Math.round(share * 10_000) / 10_000.0;
        }
    }

    /** Of no visit. */
    static final Group NOBODY = Group.of(0, 0, 0, 0);

    static RuleEffect of(
            UUID rule,
            @Nullable Integer holdoutPercent,
            Group reminded,
            Group heldOut,
            List<ServiceGroups> services,
            List<WeekGroups> weeks,
            List<LineGroup> lines) {
        var without = heldOut.noShows();
        var with = reminded.noShows();
        var prevented = without == null || with == null ? null : Difference.between(without, with);
        return new RuleEffect(
                rule,
                holdoutPercent,
                reminded,
                heldOut,
                prevented,
                NEEDED,
                verdict(reminded, heldOut, prevented),
                services,
                weeks,
                lines);
    }

    private static EffectVerdict verdict(Group reminded, Group heldOut, @Nullable Difference prevented) {
        if (prevented == null || reminded.decided() < NEEDED || heldOut.decided() < NEEDED) {
            return EffectVerdict.TOO_EARLY;
        }
        if (prevented.low() > 0) {
            return EffectVerdict.FEWER;
        }
        return prevented.high() < 0 ? EffectVerdict.MORE : EffectVerdict.NONE_SEEN;
    }
}
