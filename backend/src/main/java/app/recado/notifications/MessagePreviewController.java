package app.recado.notifications;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import app.recado.templates.TemplateLanguage;
import app.recado.templates.TextPreview;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A text as the patient of a visit would read it, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/appointments/{id}/message-preview")
@Tag(name = "Templates")
class MessagePreviewController {

    private final MessagePreviews previews;
    private final PatientReads reads;

    MessagePreviewController(MessagePreviews previews, PatientReads reads) {
        this.previews = previews;
        this.reads = reads;
    }

    /** A text to look at. */
    @Schema(name = "MessagePreviewInput")
    record Wanted(
            @NotNull TemplateLanguage language,

            @Schema(example = "Hola, {{patient.givenName}}. Te esperamos el {{appointment.date}}.")
            @NotBlank @Size(max = 1000) String body) {}

    @Operation(
            operationId = "previewMessageOfAppointment",
            summary = "A text as the patient of a visit would read it",
            description = "With the visit as it is now. Nothing is stored and nothing leaves.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_FIELD_UNKNOWN)
    @PostMapping
    TextPreview preview(@PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody Wanted body) {
        var shown = previews.of(id, body.language(), body.body());
        reads.shown(PatientPart.VISITS, shown.patientId());
        return shown.preview();
    }
}
