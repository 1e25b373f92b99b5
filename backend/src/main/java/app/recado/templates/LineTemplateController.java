package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which approved templates leave on a line, over HTTP. */
@RestController
@Tag(name = "WhatsApp lines")
@RequestMapping("/api/v1/organizations/{organizationId}/whatsapp-lines/{id}/templates")
class LineTemplateController {

    private static final int MOST_PARAMETERS = 20;

    private final LineTemplateService service;

    LineTemplateController(LineTemplateService service) {
        this.service = service;
    }

    /**
     * A template that the provider approved.
     *
     * @param name its name at Meta (lower-case letters, digits, underscores), its content SID at Twilio
     * @param confirmedName the provider's name, as in {@code name}, of the template that leaves instead to a patient who has
     *     confirmed already: with the same language and variables, without buttons; left out when the first one shall leave to
     *     them as well
     * @param providerLanguage as Meta writes it; left out at Twilio
     * @param parameters fields of a text, in the order of the template's variables
     * @param answerButtons it has two quick-reply buttons, first yes, then no
     */
    @Schema(name = "LineTemplateInput")
    record Input(
            @Schema(example = "recordatorio_turno") @NotBlank @Size(max = 512) String name,

            @Schema(example = "recordatorio_confirmado") @Nullable @Size(max = 512) String confirmedName,

            @Schema(example = "es_AR") @Nullable @Size(max = 10) String providerLanguage,

            @Schema(example = "[\"patient.givenName\", \"appointment.date\"]") @NotNull @Size(max = MOST_PARAMETERS) List<@NotBlank @Size(max = 100) String> parameters,

            @NotNull Boolean answerButtons) {}

    @Operation(
            operationId = "listLineTemplates",
            summary = "Which template leaves on this line for each occasion and language",
            description = "With a suggestion of what to submit for approval: the clinic's own text with variables.")
    @Access(Allow.OWNER)
    @Refuses(Problem.TEMPLATES_NOT_SUPPORTED)
    @GetMapping
    Page<LineTemplateView> list(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new Page<>(service.list(id), null);
    }

    @Operation(
            operationId = "setLineTemplate",
            summary = "Let an approved template leave for an occasion",
            description = "From then on always, also within 24 hours of the patient's last message. If-Match is the"
                    + " mapping's version, \"v0\" when there is none.")
    @Access(Allow.OWNER)
    @Refuses({Problem.TEMPLATES_NOT_SUPPORTED, Problem.TEMPLATE_FIELD_UNKNOWN})
    @PutMapping("/{kind}/{language}")
    LineTemplateView set(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @PathVariable String kind,
            @PathVariable String language,
            ExpectedVersion expected,
            @Valid @RequestBody Input body) {
        return service.put(
                id,
                kind,
                language,
                expected,
                new LineTemplateService.Given(
                        body.name(),
                        body.confirmedName(),
                        body.providerLanguage(),
                        body.parameters(),
                        body.answerButtons()),
                Caller.current().subject());
    }

    @Operation(
            operationId = "removeLineTemplate",
            summary = "Let the words themselves leave again",
            description = "What was handed over already leaves as it was.")
    @Access(Allow.OWNER)
    @Refuses(Problem.TEMPLATES_NOT_SUPPORTED)
    @DeleteMapping("/{kind}/{language}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @PathVariable String kind,
            @PathVariable String language) {
        service.remove(id, kind, language);
    }
}
