package app.recado.customfields;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Fields that a clinic defines, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/custom-fields")
@Tag(name = "Practice")
class CustomFieldController {

    private static final int MOST_CHOICES = 50;
    private static final int LONGEST_LABEL = 60;

    private final CustomFields fields;
    private final CustomFieldDefinitions definitions;

    CustomFieldController(CustomFields fields, CustomFieldDefinitions definitions) {
        this.fields = fields;
        this.definitions = definitions;
    }

    /**
     * The fields of the clinic.
     *
     * @param items in the order of forms and files, those of patients first; retired ones too
     */
    @Schema(name = "CustomFields")
    record FieldList(List<CustomField> items) {}

    /**
     * A new field.
     *
     * @param subject what it is about; never changes
     * @param key names it in values and in programs; never changes
     * @param label as the clinic calls it
     * @param type what can be written into it; never changes
     * @param choices of a choice; left out for all other types
     * @param required whether a form that shows it wants it filled; left out, not
     */
    @Schema(name = "CustomFieldInput")
    record NewField(
            @NotNull FieldSubject subject,

            @Schema(example = "grupo-sanguineo") @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,39}") String key,

            @Schema(example = "Grupo sanguíneo") @OneLine @NotBlank @Size(max = LONGEST_LABEL) String label,

            @NotNull FieldType type,

            @Schema(example = "[\"A+\", \"0-\"]") @Size(max = MOST_CHOICES) @Nullable List<@NotNull @Size(min = 1, max = LONGEST_LABEL) String> choices,

            @Schema(example = "false") @Nullable Boolean required) {

        CustomFieldDefinitions.Details details() {
            return new CustomFieldDefinitions.Details(
                    label, trimmed(Objects.requireNonNullElse(choices, List.of())), Boolean.TRUE.equals(required));
        }
    }

    /**
     * A field as it shall be.
     *
     * @param label as the clinic calls it
     * @param choices of a choice; empty for all other types. What was chosen before stays
     * @param required whether a form that shows it wants it filled
     * @param active false retires it: what is written in it stays and it is asked no more
     */
    @Schema(name = "CustomFieldChange")
    record ChangedField(
            @Schema(example = "Grupo sanguíneo") @OneLine @NotBlank @Size(max = LONGEST_LABEL) String label,

            @Schema(example = "[\"A+\", \"0-\"]") @NotNull @Size(max = MOST_CHOICES) List<@NotNull @Size(min = 1, max = LONGEST_LABEL) String> choices,

            @Schema(example = "false") @NotNull Boolean required,
            @Schema(example = "true") @NotNull Boolean active) {

        CustomFieldDefinitions.Details details() {
            return new CustomFieldDefinitions.Details(label, trimmed(choices), required);
        }
    }

    /**
     * Where a field shall stand.
     *
     * @param position among those about the same, from 0; behind the last it is the last
     */
    @Schema(name = "CustomFieldPlace")
    record Place(
            @Schema(example = "0") @NotNull @Min(0) @Max(999) Integer position) {}

    private static List<String> trimmed(List<String> choices) {
        return choices.stream().map(String::strip).toList();
    }

    @Operation(operationId = "listCustomFields", summary = "Fields that the clinic defined")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping
    FieldList list(
            @PathVariable UUID organizationId,
            @Parameter(description = "patient or appointment; left out, both")
                    @RequestParam(required = false)
                    @Size(max = 20) @Nullable String subject) {
        return new FieldList(fields.all(subject == null ? null : subjectOf(subject)));
    }

    private static FieldSubject subjectOf(String wireName) {
        return Arrays.stream(FieldSubject.values())
                .filter(one -> one.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_PARAMETER.because("Fields are about patients or appointments"));
    }

    @Operation(
            operationId = "createCustomField",
            summary = "Define a field",
            description =
                    "Of patients or of visits, fifty in use at most. Its key, its type and what it is about never "
                            + "change; it is retired, not deleted.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.TOO_MANY_CUSTOM_FIELDS)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<CustomField> create(@PathVariable UUID organizationId, @Valid @RequestBody NewField body) {
        var field = definitions.define(body.subject(), body.key(), body.type(), body.details());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/custom-fields/%s".formatted(organizationId, field.id())))
                .body(field);
    }

    @Operation(operationId = "getCustomField", summary = "One field")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/{id}")
    CustomField get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return definitions.get(id);
    }

    @Operation(
            operationId = "updateCustomField",
            summary = "Change a field, retire it or bring it back",
            description = "What is written in it stays, also what is a choice no more.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Refuses(Problem.TOO_MANY_CUSTOM_FIELDS)
    @PutMapping("/{id}")
    CustomField update(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ChangedField body) {
        return definitions.change(id, expected, body.details(), body.active());
    }

    @Operation(
            operationId = "moveCustomField",
            summary = "Put a field at another place",
            description = "The others close up, and their versions stay.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PostMapping("/{id}/move")
    CustomField move(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Place body) {
        return definitions.move(id, expected, body.position());
    }
}
