package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
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

/** The clinic's texts over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/message-templates")
@Tag(name = "Templates")
class TemplateController {

    private static final int LONGEST = 1000;

    /** Line breaks and tabs belong in a message, other control characters do not. */
    private static final String PLAIN = "[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]*";

    private static final String EXAMPLE = "Hola, {{patient.givenName}}. Te esperamos el {{appointment.date}}.";

    private final TemplateLibrary library;

    TemplateController(TemplateLibrary library) {
        this.library = library;
    }

    /** A text with the occasion and language it is for. */
    @Schema(name = "MessageTemplateInput")
    record NewText(
            @NotNull TemplateKind kind,
            @NotNull TemplateLanguage language,

            @Schema(example = EXAMPLE) @NotBlank @Size(max = LONGEST) @Pattern(regexp = PLAIN) String body) {}

    /** Other words for a text. */
    @Schema(name = "MessageTemplateBody")
    record OtherWords(
            @Schema(example = EXAMPLE) @NotBlank @Size(max = LONGEST) @Pattern(regexp = PLAIN) String body) {}

    @Operation(
            operationId = "listMessageTemplates",
            summary = "The texts of every occasion in every language",
            description = "Recado's own text stands where the clinic has none (default is true).")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    Page<TemplateView> list(@PathVariable UUID organizationId) {
        return new Page<>(library.list(), null);
    }

    @Operation(operationId = "createMessageTemplate", summary = "Publish the clinic's own text in place of Recado's")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.TEMPLATE_EXISTS, Problem.TEMPLATE_FIELD_UNKNOWN})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<TemplateView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewText body) {
        var template = library.create(body.kind(), body.language(), body.body());
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/message-templates/%s".formatted(organizationId, template.id())))
                .body(template);
    }

    @Operation(operationId = "getMessageTemplate", summary = "One text")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}")
    TemplateView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return library.get(id);
    }

    @Operation(
            operationId = "updateMessageTemplate",
            summary = "Publish other words at once",
            description =
                    "Changing one of Recado's texts gives the clinic its own, under the same id. A draft is thrown"
                            + " away; to write without publishing, see the draft of the text.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_FIELD_UNKNOWN)
    @PutMapping("/{id}")
    TemplateView update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody OtherWords body) {
        return library.reword(id, expected, body.body());
    }

    @Operation(
            operationId = "previewMessageTemplate",
            summary = "A text as a patient would read it",
            description = "With a made-up patient, tomorrow at ten by the clinic's clocks. Nothing is stored.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.TEMPLATE_FIELD_UNKNOWN)
    @PostMapping("/preview")
    TextPreview preview(@PathVariable UUID organizationId, @Valid @RequestBody NewText body) {
        return library.preview(body.language(), body.body());
    }
}
