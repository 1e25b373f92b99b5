package app.recado.bot;

import app.recado.bot.Flows.Flow;
import app.recado.bot.Flows.Version;
import app.recado.bot.flow.FlowDocument;
import app.recado.kernel.ExpectedVersion;
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
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Flows over HTTP. */
@RestController
@Tag(name = "Flows")
@RequestMapping("/api/v1/organizations/{organizationId}/flows")
class FlowController {

    private final Flows flows;

    FlowController(Flows flows) {
        this.flows = flows;
    }

    /**
     * All of a clinic, the oldest first.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "FlowList")
    record FlowList(List<Flow> items) {}

    /**
     * Versions of a flow, the newest first.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "FlowVersionList")
    record FlowVersionList(List<Version> items) {}

    /**
     * A flow as it shall be. It may be incomplete; what is missing is listed as its faults.
     *
     * @param name what staff call it
     * @param document what it says
     */
    @Schema(name = "FlowInput")
    record FlowInput(
            @Schema(example = "Recepción por WhatsApp") @OneLine @NotBlank @Size(max = 100) String name,

            @NotNull @Valid FlowDocument document) {}

    @Operation(operationId = "listFlows", summary = "The clinic's flows, the oldest first")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping
    FlowList list(@PathVariable UUID organizationId) {
        return new FlowList(flows.list());
    }

    @Operation(operationId = "getFlow", summary = "One flow, what answers and what is being written")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}")
    Flow get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return flows.get(id);
    }

    @Operation(
            operationId = "createFlow",
            summary = "Begin a flow",
            description = "It is a draft and answers nobody before it is published.")
    @Access(Allow.OWNER)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<Flow> create(@PathVariable UUID organizationId, @Valid @RequestBody FlowInput body) {
        var flow = flows.add(body.name(), body.document());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/flows/%s".formatted(organizationId, flow.id())))
                .body(flow);
    }

    @Operation(operationId = "changeFlow", summary = "Write the draft of a flow; what is published goes on as it is")
    @Access(Allow.OWNER)
    @Refuses(Problem.FLOW_NOT_IN_THAT_STATE)
    @PutMapping("/{id}")
    Flow change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody FlowInput body) {
        return flows.change(id, expected, body.name(), body.document());
    }

    @Operation(
            operationId = "publishFlow",
            summary = "Let the draft answer from now on",
            description =
                    "Conversations under way finish on the version they began with. Refused while the draft has faults.")
    @Access(Allow.OWNER)
    @Refuses({Problem.FLOW_HAS_FAULTS, Problem.FLOW_NOT_IN_THAT_STATE})
    @PostMapping("/{id}/publish")
    Flow publish(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return flows.publish(id, expected);
    }

    @Operation(operationId = "archiveFlow", summary = "Take a flow out of use; conversations under way finish")
    @Access(Allow.OWNER)
    @Refuses(Problem.FLOW_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/archive")
    Flow archive(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return flows.archive(id, expected);
    }

    @Operation(operationId = "restoreFlow", summary = "Take an archived flow up again, as a draft")
    @Access(Allow.OWNER)
    @Refuses(Problem.FLOW_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/restore")
    Flow restore(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return flows.restore(id, expected);
    }

    @Operation(operationId = "listFlowVersions", summary = "What was published of a flow, the newest first")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}/versions")
    FlowVersionList versions(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new FlowVersionList(flows.versions(id));
    }
}
