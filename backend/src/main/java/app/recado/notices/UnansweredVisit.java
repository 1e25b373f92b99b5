package app.recado.notices;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A visit whose patient was to be told of it and has not said whether they come.
 *
 * @param appointmentId the visit
 * @param patient whose it is
 * @param phone the patient's, in E.164; null when the clinic has none
 * @param optedOut they asked for no messages: a call is the only way
 * @param practitionerName who sees them
 * @param serviceName for what
 * @param start when it begins
 * @param timeZone IANA zone in which its hour is meant
 * @param told the last message about it
 * @param calls how often somebody tried to call
 * @param lastCall null when nobody did
 */
@Schema(name = "UnansweredVisit")
record UnansweredVisit(
        UUID appointmentId,
        Whom patient,
        @Schema(example = "+5491123456789") @Nullable String phone,
        boolean optedOut,
        @Schema(example = "Dra. Gómez") String practitionerName,
        @Schema(example = "Control") String serviceName,
        Instant start,
        String timeZone,
        Told told,
        @Schema(example = "1") int calls,
        @Nullable LastCall lastCall) {

    /**
     * Whose visit it is.
     *
     * @param id the patient
     * @param displayName given and family name
     */
    @Schema(name = "UnansweredPatient")
    record Whom(UUID id, @Schema(example = "Ana Sosa") String displayName) {}

    /**
     * The last message about the visit.
     *
     * @param messageId the message
     * @param kind the occasion
     * @param state how far it came
     * @param at when it came that far
     */
    @Schema(name = "UnansweredNotice")
    record Told(
            UUID messageId,
            @Schema(example = "reminder") String kind,
            @Schema(example = "delivered") String state,
            Instant at) {}

    /**
     * The last call.
     *
     * @param outcome what came of it
     * @param at when it was made
     * @param nextTryAt when to call again; null when nobody said
     */
    @Schema(name = "UnansweredCall")
    record LastCall(
            CallOutcome outcome, Instant at, @Nullable Instant nextTryAt) {}
}
