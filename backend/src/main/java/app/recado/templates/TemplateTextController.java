package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Drafts, publishing and earlier versions of texts over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Templates")
class TemplateTextController {

    private final TemplateTexts texts;

    TemplateTextController(TemplateTexts texts) {
        this.texts = texts;
    }

    /**
     * Something that a text may speak of.
     *
     * @param path as it is written between double braces
     * @param type how its value is written
     * @param presence whether there is always a value, one for every visit, or for some visits only; such a one stands between
     *     <code>{{#path}}</code> and <code>{{/path}}</code>, with what is left out when it is empty
     */
    @Schema(name = "TemplateField")
    record FieldView(@Schema(example = "location.address") String path, FieldType type, FieldPresence presence) {

        static FieldView of(TemplateField field) {
            return new FieldView(
                    field.path(),
                    FieldType.valueOf(field.type().name()),
                    FieldPresence.valueOf(field.presence().name()));
        }
    }

    /** How a field's value is written. */
    @Schema(name = "TemplateFieldType")
    enum FieldType {
        @JsonProperty("text")
        TEXT,
        @JsonProperty("date")
        DATE,
        @JsonProperty("time")
        TIME,
        @JsonProperty("link")
        LINK
    }

    /** When a field has a value. */
    @Schema(name = "TemplateFieldPresence")
    enum FieldPresence {
        @JsonProperty("always")
        ALWAYS,
        @JsonProperty("of-visit")
        OF_VISIT,
        @JsonProperty("optional")
        OPTIONAL
    }

    /** The whole catalogue. */
    @Schema(name = "TemplateFieldList")
    record FieldList(List<FieldView> items) {}

    /** Versions of a text. @param items the draft first, then the newest */
    @Schema(name = "TemplateVersionList")
    record VersionList(List<TemplateVersionView> items) {}

    @Operation(
            operationId = "listTemplateFields",
            summary = "What texts may speak of",
            description = "Nothing clinical is among it.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/template-fields")
    FieldList fields(@PathVariable UUID organizationId) {
        return new FieldList(
                Arrays.stream(TemplateField.values()).map(FieldView::of).toList());
    }

    @Operation(
            operationId = "listTemplateTexts",
            summary = "Every text in every language, with its draft",
            description = "Of each occasion, and of each of the clinic's own templates that is not archived.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/template-texts")
    Page<TemplateTextView> list(@PathVariable UUID organizationId) {
        return new Page<>(texts.list(), null);
    }

    @Operation(operationId = "getTemplateText", summary = "One text in one language, with its draft")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/template-texts/{id}")
    TemplateTextView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return texts.get(id);
    }

    @Operation(
            operationId = "listTemplateVersions",
            summary = "A text as it was, is and may become",
            description = "The draft first, then the newest. A message says which version it was worded from.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/template-texts/{id}/versions")
    VersionList versions(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new VersionList(texts.versions(id));
    }

    @Operation(
            operationId = "draftTemplateText",
            summary = "Keep words that nobody is sent yet",
            description = "Parts between {{#field}} and {{/field}} are left out when the field is empty.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_FIELD_UNKNOWN)
    @PutMapping("/template-texts/{id}/draft")
    TemplateTextView draft(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody TemplateController.OtherWords body) {
        return texts.draft(id, expected, body.body());
    }

    @Operation(
            operationId = "discardTemplateDraft",
            summary = "Throw a draft away",
            description = "What was published still leaves.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_NOT_IN_THAT_STATE)
    @DeleteMapping("/template-texts/{id}/draft")
    TemplateTextView discard(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return texts.discard(id, expected);
    }

    @Operation(
            operationId = "publishTemplateText",
            summary = "Let a draft leave from now on",
            description = "Messages that wait are worded from it when they leave; what left before is kept as it was.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TEMPLATE_NOT_IN_THAT_STATE)
    @PostMapping("/template-texts/{id}/publish")
    TemplateTextView publish(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return texts.publish(id, expected);
    }
}
