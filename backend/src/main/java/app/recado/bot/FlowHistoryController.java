package app.recado.bot;

import app.recado.bot.FlowHistory.Passed;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What flows did in conversations, over HTTP. */
@RestController
@Tag(name = "Flows")
@RequestMapping("/api/v1/organizations/{organizationId}/conversations/{id}/flow-sessions")
class FlowHistoryController {

    private final FlowHistory history;

    FlowHistoryController(FlowHistory history) {
        this.history = history;
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
    @GetMapping
    FlowSessionList list(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new FlowSessionList(history.of(id));
    }
}
