package app.recado.conversations;

import app.recado.conversations.CannedReplies.CannedReply;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Texts that a clinic answers with often. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}/canned-replies")
class CannedReplyController {

    private final CannedReplies replies;

    CannedReplyController(CannedReplies replies) {
        this.replies = replies;
    }

    /** All of a clinic, by shortcut. */
    @Schema(name = "CannedReplyList")
    record CannedReplyList(List<CannedReply> items) {}

    /**
     * A saved reply to keep.
     *
     * @param shortcut what is typed after a slash: lower-case letters, digits and dashes
     * @param text with fields in double braces: {@code patient.givenName, organization.name, appointment.date,
     *     appointment.time, practitioner.displayName, agent.name}
     */
    @Schema(name = "CannedReplyInput")
    record CannedReplyInput(
            @Schema(example = "horas-hoy") @NotBlank @Size(max = 40) @Pattern(regexp = "[a-z0-9][a-z0-9-]*") String shortcut,

            @Schema(example = "{{patient.givenName}}, hoy te podemos ver a las 16:30.") @NotBlank @Size(max = 4096) String text) {}

    @Operation(operationId = "listCannedReplies", summary = "The clinic's saved replies, by shortcut")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    CannedReplyList list(@PathVariable UUID organizationId) {
        return new CannedReplyList(replies.list());
    }

    @Operation(operationId = "getCannedReply", summary = "One saved reply")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}")
    CannedReply get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return replies.get(id);
    }

    @Operation(
            operationId = "createCannedReply",
            summary = "Save a reply",
            description = "Fields in double braces are filled by the console with what stands beside the conversation.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.SHORTCUT_TAKEN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<CannedReply> create(@PathVariable UUID organizationId, @Valid @RequestBody CannedReplyInput body) {
        var reply = replies.add(body.shortcut(), body.text(), Staff.current());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/canned-replies/%s".formatted(organizationId, reply.id())))
                .body(reply);
    }

    @Operation(operationId = "changeCannedReply", summary = "Change a saved reply")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.SHORTCUT_TAKEN)
    @PutMapping("/{id}")
    CannedReply change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody CannedReplyInput body) {
        return replies.change(id, expected, body.shortcut(), body.text(), Staff.current());
    }

    @Operation(operationId = "deleteCannedReply", summary = "Forget a saved reply")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        replies.remove(id, expected);
    }
}
