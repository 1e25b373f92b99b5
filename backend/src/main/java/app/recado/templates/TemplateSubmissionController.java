package app.recado.templates;

import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.whatsapp.TemplateCategory;
import app.recado.whatsapp.TemplateStanding;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Texts that providers approve, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/template-submissions")
@Tag(name = "Templates")
class TemplateSubmissionController {

    private final TemplateSubmissionService service;

    TemplateSubmissionController(TemplateSubmissionService service) {
        this.service = service;
    }

    /**
     * A text to hand in: of an occasion or of a template of the clinic's own.
     *
     * @param lineId the line whose provider shall approve it
     * @param kind the occasion; left out for a template of the clinic's own
     * @param customTemplateId one of the clinic's own templates; left out for an occasion
     * @param language of the text
     * @param category what it shall be taken for; the provider may see it differently
     * @param providerLanguage the text's language as Meta writes it
     */
    @Schema(name = "TemplateSubmissionInput")
    record Wanted(
            @NotNull UUID lineId,
            @Nullable TemplateKind kind,
            @Nullable UUID customTemplateId,
            @NotNull TemplateLanguage language,
            @NotNull TemplateCategory category,

            @Schema(example = "es_AR") @NotNull @Pattern(regexp = "[a-z]{2,3}(_[A-Z]{2})?")
            String providerLanguage) {}

    /**
     * A text at a provider.
     *
     * @param kind the occasion; null for a template of the clinic's own
     * @param customTemplateId the clinic's own template; null for an occasion
     * @param confirmed it leaves to patients who have confirmed already
     * @param name its name at the provider
     * @param providerLanguage the text's language as the provider writes it
     * @param category what the provider takes it for; null while it has not told
     * @param state how far the approval came; rejected, paused and disabled ones hold their messages back
     * @param reason why it is in that state: the provider's word; null for none
     * @param detail the same in the provider's sentences; null when it told none
     * @param quality what people made of it; null while the provider has not told
     * @param body as it was handed in, with numbered variables; null for one that was written at the provider
     * @param textNumber the published version it was made from, 0 for Recado's own text
     * @param submittedAt when it was handed in
     * @param toldAt when the provider last told of it; null before
     * @param approvedAt when it was first approved; null before
     */
    @Schema(name = "TemplateSubmission")
    record View(
            UUID id,
            UUID lineId,
            @Nullable TemplateKind kind,
            @Nullable UUID customTemplateId,
            TemplateLanguage language,
            boolean confirmed,

            @Schema(example = "recado_reminder_8c4d112f6a8e")
            String name,

            @Schema(example = "es_AR") String providerLanguage,
            @Nullable TemplateCategory category,
            TemplateStanding.State state,
            @Schema(example = "invalid-format") @Nullable String reason,

            @Schema(example = "The text is not in its language") @Nullable String detail,

            TemplateStanding.@Nullable Quality quality,
            @Nullable String body,
            int textNumber,
            Instant submittedAt,
            @Nullable Instant toldAt,
            @Nullable Instant approvedAt) {

        static View of(TemplateSubmission row) {
            return new View(
                    row.id(),
                    row.lineId(),
                    row.kind(),
                    row.customId(),
                    row.language(),
                    row.confirmed(),
                    row.name(),
                    row.providerLanguage(),
                    row.category(),
                    row.state(),
                    row.reason(),
                    row.detail(),
                    row.quality(),
                    row.body(),
                    row.textNumber(),
                    row.submittedAt(),
                    row.toldAt(),
                    row.approvedAt());
        }
    }

    @Operation(
            operationId = "listTemplateSubmissions",
            summary = "Texts at providers and what these say of them, the newest first",
            description = "The newest 500 of all lines.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping
    Page<View> list(@PathVariable UUID organizationId) {
        return new Page<>(service.list().stream().map(View::of).toList(), null);
    }

    @Operation(operationId = "getTemplateSubmission", summary = "One text at a provider")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/{id}")
    View get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return View.of(service.get(id));
    }

    @Operation(
            operationId = "submitTemplate",
            summary = "Hand a published text to a line's provider for approval",
            description =
                    "It is handed in at once and followed; once it is approved, messages leave with it. Of an occasion"
                            + " that asks for an answer, the text for those who confirmed already is handed in as well.")
    @Access(Allow.OWNER)
    @Refuses({Problem.TEMPLATES_NOT_SUPPORTED, Problem.TEMPLATE_NOT_IN_THAT_STATE, Problem.TEMPLATE_NOT_SUBMITTABLE})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<View> submit(@PathVariable UUID organizationId, @Valid @RequestBody Wanted body) {
        var made = service.submit(
                body.lineId(),
                body.kind(),
                body.customTemplateId(),
                body.language(),
                body.category(),
                body.providerLanguage());
        return ResponseEntity.created(URI.create(
                        "/api/v1/organizations/%s/template-submissions/%s".formatted(organizationId, made.id())))
                .body(View.of(made));
    }
}
