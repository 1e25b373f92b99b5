package app.recado.bot;

import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowFaults;
import app.recado.bot.flow.FlowFaults.Fault;
import app.recado.bot.flow.FlowInput;
import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.bot.flow.FlowTurn.Step;
import app.recado.bot.flow.FlowTurn.Utterance;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Trying flows over HTTP: nothing is kept, sent or changed. */
@RestController
@Tag(name = "Flows")
@RequestMapping("/api/v1/organizations/{organizationId}")
class FlowTrialController {

    private static final String STATE =
            "eyJub2RlIjoibWVudSIsInJldHJpZXMiOjAsInRyYWlsIjpbIm1lbnUiXSwiYW5zd2VycyI6e30sImFza2luZyI6bnVsbH0";

    private final FlowTrials trials;
    private final PatientReads reads;

    FlowTrialController(FlowTrials trials, PatientReads reads) {
        this.trials = trials;
        this.reads = reads;
    }

    /**
     * A turn to try.
     *
     * @param document the flow as it is written now
     * @param state where it stands, as the turn before said it, for nobody to read; left out or null to begin
     * @param text what the patient writes; left out or null to begin, or when a button is tapped
     * @param choiceId the button that is tapped; left out or null for none
     * @param patientId as whom it is tried; left out or null for somebody unknown
     * @param language in which; left out or null for the patient's, or the clinic's
     * @param at when it is tried; left out or null for now
     */
    @Schema(name = "FlowTrialInput")
    record Trial(
            @NotNull @Valid FlowDocument document,

            @Schema(example = STATE) @Nullable @Size(max = 20_000) String state,

            @Schema(example = "1") @Nullable @Size(max = 4096) String text,

            @Schema(example = "menu:book") @Nullable @Size(max = 256) String choiceId,

            @Nullable UUID patientId,
            @Nullable FlowLanguage language,
            @Nullable Instant at) {}

    /**
     * What came of it.
     *
     * @param said what would be said, message by message
     * @param steps what was understood and done
     * @param state where it stands, for nobody to read: it goes back with the next words; null when it is over
     * @param ending why it is over; null while it goes on
     */
    @Schema(name = "FlowTrialTurn")
    record Turn(
            List<Utterance> said,
            List<Step> steps,

            @Schema(example = STATE) @Nullable String state,

            @Nullable Ending ending) {}

    /**
     * A flow to look through.
     *
     * @param document what it says
     */
    @Schema(name = "FlowCheckInput")
    record Check(@NotNull @Valid FlowDocument document) {}

    /**
     * What stands in the way of publishing it.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "FlowFaultList")
    record FaultList(List<Fault> items) {}

    @Operation(
            operationId = "tryFlow",
            summary = "Go through a flow without sending anything",
            description =
                    "The same engine and the agenda as it is; bookings, moves and cancellations answer as if they were made, and"
                            + " are not.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_UNKNOWN)
    @PostMapping("/flow-trials")
    Turn turn(@PathVariable UUID organizationId, @Valid @RequestBody Trial body) {
        boolean begins = body.text() == null && body.choiceId() == null;
        var turn = trials.turn(
                body.document(),
                body.state(),
                begins ? null : new FlowInput(body.text(), body.choiceId(), null),
                body.patientId(),
                body.language(),
                body.at());
        if (body.patientId() != null) {
            reads.shown(PatientPart.VISITS, body.patientId());
        }
        return new Turn(
                FlowTurns.joined(turn.said()),
                turn.steps(),
                turn.state() == null ? null : FlowJson.opaque(turn.state()),
                turn.ending());
    }

    @Operation(operationId = "checkFlow", summary = "What stands in the way of publishing a flow as it is written now")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/flow-checks")
    FaultList check(@PathVariable UUID organizationId, @Valid @RequestBody Check body) {
        return new FaultList(FlowFaults.of(body.document()));
    }
}
