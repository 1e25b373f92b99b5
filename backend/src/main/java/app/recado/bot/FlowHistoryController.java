package app.recado.bot;

import app.recado.bot.FlowHistory.Passed;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What flows did in conversations, and how many people they lose where, over HTTP. */
@RestController
@Tag(name = "Flows")
@RequestMapping("/api/v1/organizations/{organizationId}")
class FlowHistoryController {

    private final FlowHistory history;
    private final FlowFigures figures;

    FlowHistoryController(FlowHistory history, FlowFigures figures) {
        this.history = history;
        this.figures = figures;
    }

    /**
     * Ways through flows, the newest first.
     *
     * @param items in the order that the operation states
     */
    @Schema(name = "FlowSessionList")
    record FlowSessionList(List<Passed> items) {}

    @Operation(
            operationId = "listFlowSessions",
            summary = "What flows did in a conversation, step by step",
            description = "Causes and places alone; the words stand among the conversation's entries.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/conversations/{id}/flow-sessions")
    FlowSessionList list(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new FlowSessionList(history.of(id));
    }

    @Operation(
            operationId = "getFlowFigures",
            summary = "How many people pass each step of a flow and where they stop",
            description = "Of sessions that began in the last days, whatever version they went through.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/flows/{id}/figures")
    FlowFigures.Figures figures(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @Parameter(description = "How many days back, at most a year")
                    @RequestParam(defaultValue = "30")
                    @Min(1) @Max(366) int days) {
        return figures.of(id, days);
    }
}
