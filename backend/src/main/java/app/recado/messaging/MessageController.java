package app.recado.messaging;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.media.Media;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.FileAnswers;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was, is being and will be said to patients. */
@RestController
@Tag(name = "Messages")
@RequestMapping("/api/v1/organizations/{organizationId}/messages")
class MessageController {

    private final MessageService service;
    private final PatientReads reads;
    private final Media media;

    MessageController(MessageService service, PatientReads reads, Media media) {
        this.service = service;
        this.reads = reads;
        this.media = media;
    }

    /** What a person found out. */
    @Schema(name = "SettledOutcome")
    enum Outcome {
        @JsonProperty("delivered")
        DELIVERED,
        @JsonProperty("failed")
        FAILED
    }

    /**
     * What a person found out about a message whose fate was unknown.
     *
     * @param outcome whether the patient got it
     */
    record Settlement(@NotNull Outcome outcome) {}

    @Operation(
            operationId = "listMessages",
            summary = "Messages to patients, newest first",
            description =
                    "Filtered by state, line and channel, and by the day of the clinic on which they are due (to is"
                            + " exclusive); of days, those due last first.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.MESSAGES_READ)
    @GetMapping
    Page<MessageView> list(
            @PathVariable UUID organizationId,
            @RequestParam(required = false) @Size(max = 20) @Nullable String state,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @Parameter(description = "Only those on this line") @RequestParam(required = false) @Nullable UUID lineId,
            @Parameter(description = "Only those that left over lines of this kind")
                    @Schema(allowableValues = {"linked-device", "cloud-api", "twilio", "evolution"})
                    @RequestParam(required = false)
                    @Size(max = 20) @Nullable String channel,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return service.list(
                new MessageService.Filter(state == null ? null : stateOf(state), from, to, lineId, channel),
                limit,
                cursor);
    }

    private static MessageState stateOf(String name) {
        try {
            return MessageState.of(name);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_PARAMETER.because("Messages have no such state");
        }
    }

    @Operation(
            operationId = "getMessage",
            summary = "One message with every step it went through",
            description = "The text is worded when the message leaves; until then it is null.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.MESSAGES_READ)
    @GetMapping("/{id}")
    MessageView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var message = service.get(id);
        var patient = message.patient();
        reads.shown(PatientPart.MESSAGES, patient == null ? null : patient.id());
        return message;
    }

    @Operation(
            operationId = "getMessageAttachment",
            summary = "The file that goes with a message",
            description = "Of the type found by its content. Pictures may be shown in place, everything else is to be"
                    + " saved. 404 for messages without one, and when it is not kept any more.")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes",
            content = @Content(mediaType = MediaType.ALL_VALUE, schema = @Schema(type = "string", format = "binary")))
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.MEDIA_UNAVAILABLE)
    @GetMapping("/{id}/attachment")
    ResponseEntity<Resource> attachment(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var file = service.attachment(id);
        reads.shown(PatientPart.MESSAGES, file.patientId());
        var bytes = media.open(file.media().key())
                .orElseThrow(() -> Problem.NOT_FOUND.because("The media store does not keep this file any more"));
        return FileAnswers.of(bytes, file.media().contentType(), file.media().size(), file.name());
    }

    @Operation(
            operationId = "settleMessage",
            summary = "Say what became of a message whose outcome is unknown",
            description =
                    "Recado never repeats such a message by itself. After failed it can be sent again on purpose.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.MESSAGE_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/settle")
    MessageView settle(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @RequestBody @Valid Settlement request) {
        return service.settle(
                id, expected, MessageState.valueOf(request.outcome().name()));
    }

    @Operation(
            operationId = "sendMessageAgain",
            summary = "Send a failed message once more",
            description = "Plans a new message for the same step of the same version; it is subject to the same rules.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.MESSAGE_NOT_IN_THAT_STATE, Problem.WINDOW_CLOSED})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/{id}/send-again")
    ResponseEntity<MessageView> sendAgain(
            @PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        var again = service.sendAgain(id, expected);
        return ResponseEntity.created(URI.create("/api/v1/organizations/" + organizationId + "/messages/" + again.id()))
                .body(again);
    }
}
