package app.recado.bot;

import app.recado.bot.FlowCollectionReader.Remark;
import app.recado.bot.Flows.Flow;
import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowFaults;
import app.recado.bot.flow.FlowFaults.Fault;
import app.recado.bot.flow.FlowLanguage;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Flows that exist already: those of an older bot, and those that Recado brings along. */
@RestController
@Tag(name = "Flows")
@RequestMapping("/api/v1/organizations/{organizationId}")
class FlowImportController {

    private final Flows flows;

    FlowImportController(Flows flows) {
        this.flows = flows;
    }

    /**
     * Collections to import.
     *
     * @param name what the flow shall be called
     * @param language in which the texts are written
     * @param collections what was exported
     * @param dryRun true to see what it would become, and keep nothing
     */
    @Schema(name = "FlowImportInput")
    record Import(
            @Schema(example = "Menú del bot anterior") @OneLine @NotBlank @Size(max = 100) String name,

            @NotNull FlowLanguage language,
            @NotNull @Valid FlowCollections collections,
            @NotNull Boolean dryRun) {}

    /**
     * What collections become.
     *
     * @param document what it says
     * @param remarks what was carried over otherwise than it stood
     * @param faults what stands in the way of publishing it
     * @param flow the new draft; null after a dry run
     */
    @Schema(name = "FlowImport")
    record Imported(
            FlowDocument document,
            List<Remark> remarks,
            List<Fault> faults,
            @Nullable Flow flow) {}

    /**
     * A flow that Recado brings along.
     *
     * @param key its name here, which never changes
     * @param document what it says
     */
    @Schema(name = "StarterFlow")
    record Starter(@Schema(example = "front-desk") String key, FlowDocument document) {}

    /**
     * All of them.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "StarterFlowList")
    record StarterList(List<Starter> items) {}

    @Operation(
            operationId = "importFlow",
            summary = "Make a flow of an older bot's menus, options and answers",
            description =
                    "Only into a clinic without flows. A dry run keeps nothing and says what it would become; the draft of an import"
                            + " answers nobody before it is published.")
    @Access(Allow.OWNER)
    @Refuses(Problem.FLOW_NOT_IN_THAT_STATE)
    @Idempotent
    @PostMapping("/flow-imports")
    Imported importCollections(@PathVariable UUID organizationId, @Valid @RequestBody Import body) {
        if (!body.dryRun() && !flows.isEmpty()) {
            throw Problem.FLOW_NOT_IN_THAT_STATE.because("The clinic has flows already; an import begins the first");
        }
        var read = FlowCollectionReader.read(body.collections(), body.language());
        return new Imported(
                read.document(),
                read.remarks(),
                FlowFaults.of(read.document()),
                body.dryRun() ? null : flows.add(body.name(), read.document()));
    }

    @Operation(operationId = "listStarterFlows", summary = "Flows to begin with, in three languages")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/starter-flows")
    StarterList starters(@PathVariable UUID organizationId) {
        return new StarterList(List.of(
                new Starter("front-desk", StarterFlows.frontDesk()),
                new Starter("outside-hours", StarterFlows.outsideHours())));
    }
}
