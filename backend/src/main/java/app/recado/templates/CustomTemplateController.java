package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
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

/** The clinic's own templates over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/custom-templates")
@Tag(name = "Templates")
class CustomTemplateController {

    private static final int LONGEST_NAME = 80;

    private final CustomTemplateStore templates;

    CustomTemplateController(CustomTemplateStore templates) {
        this.templates = templates;
    }

    /**
     * A template to make.
     *
     * @param name what staff call it
     * @param purpose which consent its messages need; it stays
     */
    @Schema(name = "CustomTemplateInput")
    record NewTemplate(
            @Schema(example = "Control anual") @OneLine @NotBlank @Size(max = LONGEST_NAME) String name,

            @NotNull TemplatePurpose purpose) {}

    /**
     * A template as it shall be.
     *
     * @param name what staff call it
     * @param archived true when nothing new is to be written with it
     */
    @Schema(name = "CustomTemplateChange")
    record Change(
            @Schema(example = "Control anual") @OneLine @NotBlank @Size(max = LONGEST_NAME) String name,

            @NotNull Boolean archived) {}

    @Operation(operationId = "listCustomTemplates", summary = "The clinic's own templates, also archived ones")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    Page<CustomTemplate> list(@PathVariable UUID organizationId) {
        return new Page<>(templates.all(), null);
    }

    @Operation(operationId = "getCustomTemplate", summary = "One of the clinic's own templates")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}")
    CustomTemplate get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return templates.get(id);
    }

    @Operation(
            operationId = "createCustomTemplate",
            summary = "Make a template beyond Recado's occasions",
            description = "Its texts are then written and published by language, as those of any occasion.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_EXISTS)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<CustomTemplate> create(@PathVariable UUID organizationId, @Valid @RequestBody NewTemplate body) {
        var made = templates.create(body.name(), body.purpose());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/custom-templates/%s".formatted(organizationId, made.id())))
                .body(made);
    }

    @Operation(operationId = "updateCustomTemplate", summary = "Name a template anew, archive it or bring it back")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_EXISTS)
    @PutMapping("/{id}")
    CustomTemplate update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Change body) {
        return templates.change(id, expected, body.name(), body.archived());
    }
}
