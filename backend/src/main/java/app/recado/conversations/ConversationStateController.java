package app.recado.conversations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who takes care of a conversation, where it stands, and whom it is with. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}/conversations/{id}")
class ConversationStateController {

    private final ConversationService service;

    ConversationStateController(ConversationService service) {
        this.service = service;
    }

    @Operation(
            operationId = "takeConversation",
            summary = "Take care of a conversation oneself",
            description = "Of two people at the same time the second is answered 412 and sees who was faster.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/take")
    ConversationView take(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.take(id, expected, Staff.current());
    }

    /**
     * Who takes care of it.
     *
     * @param memberId somebody of the inbox's members; null for nobody
     */
    @Schema(name = "ConversationAssignment")
    record Assignment(
            @Schema(example = "0f3c1d52-8d1e-4a53-9b0e-3c1d528d1e4a") @Nullable @Size(max = 100) String memberId) {}

    @Operation(operationId = "assignConversation", summary = "Give a conversation to a colleague, or to nobody")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/assign")
    ConversationView assign(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Assignment body) {
        return service.assign(id, expected, body.memberId(), Staff.current());
    }

    /**
     * Which team takes care of it.
     *
     * @param teamId a team of the clinic; null for none
     */
    @Schema(name = "ConversationTeamChange")
    record TeamChange(@Nullable UUID teamId) {}

    @Operation(
            operationId = "giveConversationToTeam",
            summary = "Give a conversation to a team, or to none",
            description = "It is nobody's until somebody of the team takes it or is given it.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/team")
    ConversationView team(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody TeamChange body) {
        return service.giveToTeam(id, expected, body.teamId(), Staff.current());
    }

    @Operation(
            operationId = "resolveConversation",
            summary = "Say that a conversation is over",
            description = "All messages in it count as taken care of. A new message opens it again.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/resolve")
    ConversationView resolve(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.resolve(id, expected, Staff.current());
    }

    @Operation(
            operationId = "handOverConversation",
            summary = "Ask for somebody else to take a conversation",
            description = "It is nobody's, the clinic's people are called by e-mail, and its time runs out as set.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/hand-over")
    ConversationView handOver(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.handOver(id, expected, Staff.current());
    }

    @Operation(operationId = "reopenConversation", summary = "Go on with a conversation")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/reopen")
    ConversationView reopen(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.reopen(id, expected, Staff.current());
    }

    @Operation(
            operationId = "leaveConversationToRecado",
            summary = "Let Recado go on with a conversation",
            description = "It is pending, nobody waits for staff in it, and it ends by itself after a day of silence.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/leave-to-recado")
    ConversationView leaveToRecado(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.leaveToRecado(id, expected, Staff.current());
    }

    /**
     * Until when it is put aside.
     *
     * @param until a time to come
     */
    @Schema(name = "ConversationSnooze")
    record Snooze(@NotNull Instant until) {}

    @Operation(
            operationId = "snoozeConversation",
            summary = "Put a conversation aside until a time",
            description = "It comes back then, or as soon as the other side writes something for staff.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.CONVERSATION_NOT_IN_THAT_STATE)
    @PostMapping("/snooze")
    ConversationView snooze(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Snooze body) {
        return service.snooze(id, expected, body.until(), Staff.current());
    }

    /**
     * How it is sorted.
     *
     * @param priority what goes first among those that wait
     * @param labels all of them, also those that stay
     */
    @Schema(name = "ConversationSorting")
    record Sorting(
            @NotNull ConversationPriority priority,

            @NotNull @Size(max = 20) List<@NotBlank @Size(max = 40) String> labels) {}

    @Operation(operationId = "sortConversation", summary = "Change a conversation's priority and labels")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PutMapping
    ConversationView sort(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Sorting body) {
        return service.sort(id, expected, body.priority(), body.labels(), Staff.current());
    }

    /**
     * Whom it is with.
     *
     * @param patientId a patient of the clinic
     */
    @Schema(name = "ConversationLink")
    record Link(@NotNull UUID patientId) {}

    @Operation(
            operationId = "linkConversation",
            summary = "Say which patient the other side is",
            description = "Holds for all their conversations until it is taken back, whatever their number says.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.PATIENT_UNKNOWN)
    @PostMapping("/link")
    ConversationView link(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Link body) {
        return service.link(id, expected, body.patientId(), Staff.current());
    }

    @Operation(
            operationId = "unlinkConversation",
            summary = "Take back which patient the other side is",
            description = "Who had said so and when stays in the conversation.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/unlink")
    ConversationView unlink(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return service.unlink(id, expected, Staff.current());
    }
}
