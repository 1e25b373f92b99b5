package app.recado.messaging;

import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.OrganizationLimits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What staff send by hand. */
@RestController
@Tag(name = "Messages")
@RequestMapping("/api/v1/organizations/{organizationId}")
class ManualMessageController {

    private final ManualMessages manual;
    private final MessageService service;
    private final WritingLines writing;
    private final Media media;
    private final OrganizationLimits limits;

    ManualMessageController(
            ManualMessages manual,
            MessageService service,
            WritingLines writing,
            Media media,
            OrganizationLimits limits) {
        this.limits = limits;
        this.manual = manual;
        this.writing = writing;
        this.service = service;
        this.media = media;
    }

    /**
     * What staff write to somebody.
     *
     * @param patientId the patient who gets it; null or absent for a contact
     * @param contactId the contact who gets it; null or absent for a patient
     * @param lineId the line it leaves on; null or absent for the default one
     * @param content what
     * @param despiteRestriction true once whoever writes was told that the processing of the patient's data is restricted
     */
    record NewMessage(
            @Nullable UUID patientId,
            @Nullable UUID contactId,
            @Nullable UUID lineId,
            @NotNull @Valid ManualContent content,

            @Schema(example = "false") @Nullable Boolean despiteRestriction) {

        private Addressee to() {
            if (patientId == null && contactId == null) {
                throw Problem.INVALID_FIELDS.at("/patientId", "required", "Say which patient or contact gets it");
            }
            if (patientId != null && contactId != null) {
                throw Problem.INVALID_FIELDS.at(
                        "/contactId", "one-of-two", "Name the patient or the contact, not both");
            }
            return new Addressee(patientId, contactId);
        }
    }

    /**
     * Lines that one may write to a patient on.
     *
     * @param items the default line first
     */
    record WritingLinesView(List<WritingLines.WritingLine> items) {}

    @Operation(
            operationId = "listWritingLines",
            summary = "The lines on which somebody may write to this patient",
            description =
                    "Which one to offer first, and until when it takes any words. On official lines that is 24 hours after the"
                            + " patient's last message on that line; later ones are refused with window-closed.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.MESSAGES_SEND)
    @GetMapping("/patients/{id}/writing-lines")
    WritingLinesView writingLines(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new WritingLinesView(writing.of(id));
    }

    @Operation(
            operationId = "listWritingLinesOfContact",
            summary = "The lines on which somebody may write to this contact",
            description =
                    "For people who wrote and are no patients, or whose number nobody knows. A line whose engine has no"
                            + " address for them is not reachable.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/contacts/{id}/writing-lines")
    WritingLinesView writingLinesOfContact(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new WritingLinesView(writing.ofContact(id));
    }

    @Operation(
            operationId = "sendMessage",
            summary =
                    "Write to a patient or a contact: words, a picture, a document, a voice note, a place or a contact",
            description =
                    "It leaves at once on the line that was chosen, else on the default one, or waits up to 24 hours for a"
                            + " line that is down. Exactly one of patientId and contactId says who gets it: contacts are people who"
                            + " wrote and are no patients, or whose number nobody knows, and inbound messages name them."
                            + " Files are uploaded first. Whoever opted out is not written to, and"
                            + " on an official line nobody who last wrote more than 24 hours ago. A patient whose data is restricted"
                            + " is written to only with despiteRestriction (patient-restricted).")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.MESSAGES_SEND)
    @Refuses({Problem.PATIENT_UNKNOWN, Problem.PATIENT_RESTRICTED, Problem.LINE_UNKNOWN, Problem.WINDOW_CLOSED})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/messages")
    ResponseEntity<MessageView> send(@PathVariable UUID organizationId, @RequestBody @Valid NewMessage request) {
        var id = manual.write(
                request.to(),
                request.lineId(),
                request.content(),
                Boolean.TRUE.equals(request.despiteRestriction()),
                Caller.current().subject());
        return ResponseEntity.created(URI.create("/api/v1/organizations/" + organizationId + "/messages/" + id))
                .body(service.get(id));
    }

    @Operation(
            operationId = "uploadMedia",
            summary = "Upload a picture, a PDF or a voice note to be sent",
            description =
                    "The bytes themselves, at most 16,000,000. JPEG, PNG, GIF, WebP and PDF, told by the content; and one"
                            + " track of Opus in WebM or Ogg, as browsers record it, of at most 300 seconds.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            scopes = Scope.MESSAGES_SEND)
    @Refuses({Problem.BODY_TOO_LARGE, Problem.MEDIA_TYPE_REFUSED, Problem.MEDIA_UNAVAILABLE, Problem.LIMIT_REACHED})
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping(path = "/media", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<ManualMessages.Upload> upload(@PathVariable UUID organizationId, HttpServletRequest request)
            throws IOException {
        limits.admitUpload();
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(manual.remember(media.keepToSend(request.getInputStream())));
    }
}
