package app.recado.bot;

import app.recado.bot.FlowBundles.Bundle;
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
import app.recado.organizations.OrganizationProfiles;
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
import org.springframework.http.ResponseEntity;
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
    private final FlowBundles bundles;
    private final OrganizationProfiles organizations;

    FlowImportController(Flows flows, FlowBundles bundles, OrganizationProfiles organizations) {
        this.flows = flows;
        this.bundles = bundles;
        this.organizations = organizations;
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
     * A flow of another clinic to bring in.
     *
     * @param bundle what was exported there
     * @param dryRun true to see what it would become, and keep nothing
     */
    @Schema(name = "FlowBundleInput")
    record BundleInput(
            @NotNull @Valid Bundle bundle, @NotNull Boolean dryRun) {}

    /**
     * A flow that Recado brings along.
     *
     * @param key its name here, which never changes
     * @param name what it is called in the clinic's language
     * @param document what it says
     */
    @Schema(name = "StarterFlow")
    record Starter(
            @Schema(example = "front-desk") String key,
            @Schema(example = "Recepción") String name,
            FlowDocument document) {}

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
    ResponseEntity<Imported> importCollections(@PathVariable UUID organizationId, @Valid @RequestBody Import body) {
        if (!body.dryRun() && !flows.isEmpty()) {
            throw Problem.FLOW_NOT_IN_THAT_STATE.because("The clinic has flows already; an import begins the first");
        }
        var read = FlowCollectionReader.read(body.collections(), body.language());
        return ResponseEntity.ok(new Imported(
                read.document(),
                read.remarks(),
                FlowFaults.of(read.document()),
                body.dryRun() ? null : flows.add(body.name(), read.document())));
    }

    @Operation(
            operationId = "exportFlow",
            summary = "A flow to be taken to another clinic",
            description =
                    "What is being written, else what answers, with the names of the services, places and insurances that it"
                            + " refers to. Files are named and not contained.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/flows/{id}/bundle")
    Bundle export(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return bundles.of(id);
    }

    @Operation(
            operationId = "importFlowBundle",
            summary = "Make a draft of a flow that another clinic exported",
            description =
                    "Services, places and insurances are those of the same name here; what this clinic does not have is left out and"
                            + " remarked. A dry run keeps nothing; the draft answers nobody before it is published.")
    @Access(Allow.OWNER)
    @Idempotent
    @PostMapping("/flow-bundles")
    ResponseEntity<Imported> importBundle(@PathVariable UUID organizationId, @Valid @RequestBody BundleInput body) {
        var read = bundles.read(body.bundle());
        return ResponseEntity.ok(new Imported(
                read.document(),
                read.remarks(),
                FlowFaults.of(read.document()),
                body.dryRun() ? null : flows.add(body.bundle().name(), read.document())));
    }

    @Operation(operationId = "listStarterFlows", summary = "Flows to begin with, in three languages")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/starter-flows")
    StarterList starters(@PathVariable UUID organizationId) {
        return new StarterList(StarterFlows.all(organizations.current().locale()).stream()
                .map(starter -> new Starter(starter.key(), starter.name(), starter.document()))
                .toList());
    }
}
