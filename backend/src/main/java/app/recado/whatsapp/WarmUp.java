package app.recado.whatsapp;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much a number that is new on a line may be used for campaigns. Networks watch new senders closely; the schedule and where
 * it is from stand in docs/whatsapp.md. Care waits for none of it.
 *
 * @param day since the number is on the line, from 1
 * @param perDay messages of campaigns in a day of the clinic
 * @param until when more are allowed
 */
@Schema(name = "LineWarmUp")
public record WarmUp(
        @Schema(example = "3") int day,
        @Schema(example = "20") int perDay,
        Instant until) {

    /** So much a day, for days before that one. */
    private record Step(int beforeDay, int perDay) {}

    /** The clinic's own phone, which no contract protects. */
    private static final List<Step> LINKED_PHONE =
            List.of(new Step(3, 20), new Step(7, 40), new Step(14, 80), new Step(21, 160), new Step(28, 320));

    /** What Meta allows a new business, in people; it raises that itself. */
    private static final List<Step> OFFICIAL = List.of(new Step(7, 250));

    /** Empty once nothing is held back any more. */
    static Optional<WarmUp> of(LineEngineKind engine, Instant numberSince, Instant now) {
        long days = Math.max(Duration.between(numberSince, now).toDays(), 0);
        var schedule = Capabilities.of(engine).templates() ? OFFICIAL : LINKED_PHONE;
        return schedule.stream()
                .filter(step -> days < step.beforeDay())
                .findFirst()
                .map(step ->
                        new WarmUp((int) days + 1, step.perDay(), numberSince.plus(Duration.ofDays(step.beforeDay()))));
    }
}
