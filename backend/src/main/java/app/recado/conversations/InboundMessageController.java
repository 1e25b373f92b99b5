package app.recado.conversations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.FileAnswers;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What patients wrote, and whether a person still has to look at it. */
@RestController
@Tag(name = "Inbound messages")
@RequestMapping("/api/v1/organizations/{organizationId}/inbound-messages")
class InboundMessageController {

    private final InboundMessages inbound;
    private final InboundViews views;
    private final IdentityChanges changes;
    private final AssignedAnswers assigned;
    private final Media media;
    private final PatientReads reads;

    InboundMessageController(
            InboundMessages inbound,
            InboundViews views,
            IdentityChanges changes,
            AssignedAnswers assigned,
            Media media,
            PatientReads reads) {
        this.reads = reads;
        this.inbound = inbound;
        this.views = views;
        this.changes = changes;
        this.assigned = assigned;
        this.media = media;
    }

    @Operation(
            operationId = "listInboundMessages",
            summary = "What was written to the clinic, newest first",
            description = "With open=true only what waits for a person, with open=false only the rest.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    Page<InboundView> list(
            @PathVariable UUID organizationId,
            @RequestParam(required = false) @Nullable Boolean open,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return views.list(open, limit, cursor);
    }

    @Operation(
            operationId = "handleInboundMessage",
            summary = "Say that somebody took care of a message",
            description = "It leaves the list of open ones. Doing it again only renews who did it and when.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/{id}/handle")
    InboundView handle(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        var caller = Caller.current();
        return inbound.handle(id, expected, Objects.requireNonNullElse(caller.name(), caller.subject()));
    }

    @Operation(
            operationId = "listVisitsOfInboundMessage",
            summary = "The visits that an answer may be about",
            description =
                    "Those of which whoever wrote had been told and which still await an answer, and what the words"
                            + " say. One of them is chosen with assign.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}/visits")
    CandidateVisits visits(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var candidates = assigned.candidates(id);
        reads.shown(
                PatientPart.VISITS,
                candidates.items().stream().map(visit -> visit.patient().id()).toList());
        return candidates;
    }

    /** Which visit an answer is about, and what it says. */
    record AssignedAnswer(
            @NotNull UUID appointmentId, @NotNull Boolean accepts) {}

    @Operation(
            operationId = "assignInboundMessage",
            summary = "Say which visit an answer is about",
            description = "For what Recado could not tell, such as a \"1\" with two visits open. The visit must be of"
                    + " somebody reached at that number; it is confirmed or declined as if the patient's message had"
                    + " said so, from when it was written.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.MESSAGE_NOT_IN_THAT_STATE, Problem.APPOINTMENT_NOT_IN_THAT_STATE})
    @PostMapping("/{id}/assign")
    InboundView assign(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody AssignedAnswer body) {
        var caller = Caller.current();
        return assigned.assign(
                id,
                expected,
                body.appointmentId(),
                body.accepts(),
                Objects.requireNonNullElse(caller.name(), caller.subject()));
    }

    @Operation(
            operationId = "acceptIdentityChange",
            summary = "Take over a number that WhatsApp says somebody has now",
            description =
                    "Every patient reached at the old number is reached at the new one, and the message leaves the"
                            + " list of open ones. To leave the numbers as they are, say that it was taken care of.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.MESSAGE_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/accept-identity")
    InboundView acceptIdentity(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        var caller = Caller.current();
        return changes.accept(id, expected, Objects.requireNonNullElse(caller.name(), caller.subject()));
    }

    @Operation(
            operationId = "getInboundAttachment",
            summary = "The file that came with a message",
            description = "Of the type found by its content. Pictures may be shown in place, everything else is to be"
                    + " saved. 404 until it was fetched, and when it is not kept.")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes",
            content = @Content(mediaType = MediaType.ALL_VALUE, schema = @Schema(type = "string", format = "binary")))
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.MEDIA_UNAVAILABLE)
    @GetMapping("/{id}/attachment")
    ResponseEntity<Resource> attachment(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var file = inbound.media(id);
        reads.shown(PatientPart.MESSAGES, file.patientId());
        var bytes = media.open(file.key())
                .orElseThrow(() -> Problem.NOT_FOUND.because("The media store has lost this file"));
        return FileAnswers.of(bytes, file.contentType(), file.size(), nameFor(file.contentType(), file.fileName()));
    }

    /** Words are saved as words: a script or a page is text, too, and its own name would have it run when it is opened. */
    private static String nameFor(String contentType, @Nullable String given) {
        var name = Objects.requireNonNullElse(given, "archivo");
        return contentType.equals(MediaType.TEXT_PLAIN_VALUE)
                        && !name.toLowerCase(Locale.ROOT).endsWith(".txt")
                ? name + ".txt"
                : name;
    }
}
