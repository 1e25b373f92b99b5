package app.recado.patients;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

/** Imports of patients over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/patient-imports")
@Tag(name = "Patient imports")
class PatientImportController {

    private final FileImports imports;
    private final ImportFiles files;
    private final ImportRows rows;
    private final ImportedCustomFields own;

    PatientImportController(FileImports imports, ImportFiles files, ImportRows rows, ImportedCustomFields own) {
        this.imports = imports;
        this.files = files;
        this.rows = rows;
        this.own = own;
    }

    /**
     * What is to be done with a file.
     *
     * @param fields what each column holds, in the order of the columns; each field once, {@code ignore} any number of times
     * @param customFields columns that hold fields of the clinic's own; left out for none
     * @param updateExisting whether rows of patients who are there already complete them; otherwise they change nothing
     * @param monthFirst whether 3/4/1985 is in March
     */
    @Schema(name = "PatientImportPlan")
    record Plan(
            @NotNull @Size(min = 1, max = 200) List<@NotNull ImportField> fields,
            @Size(max = 200) @Valid @Nullable List<ImportedCustomFields.@NotNull Column> customFields,
            @NotNull Boolean updateExisting,
            @NotNull Boolean monthFirst) {}

    /**
     * Imports of patients.
     *
     * @param items the newest first
     */
    @Schema(name = "PatientImports")
    record Newest(List<PatientImport> items) {}

    /**
     * The beginning of a file.
     *
     * @param items its first rows; none once the file is not kept any more
     */
    @Schema(name = "PatientImportPreview")
    record Preview(List<PreviewRow> items) {}

    /**
     * A row of the file, before anything is made of it.
     *
     * @param cells one text for each column
     */
    @Schema(name = "PatientImportPreviewRow")
    record PreviewRow(List<String> cells) {}

    /**
     * A row of the file.
     *
     * @param number as a spreadsheet counts rows, or the line on which it begins; the header's is 1
     * @param outcome what becomes of it
     * @param problems what is wrong with it; empty when nothing is
     * @param patientId whom it created or completed, or who was there already; null when there is nobody
     */
    @Schema(name = "PatientImportRow")
    record ImportRow(
            @Schema(example = "17") long number,
            ImportRowOutcome outcome,
            List<RowProblem> problems,
            @Nullable UUID patientId) {}

    /**
     * What is wrong with a row.
     *
     * @param column name of the column; null for the row as a whole
     * @param code stable code, as of a field of a request
     */
    @Schema(name = "PatientImportRowProblem")
    record RowProblem(
            @Schema(example = "Teléfono") @Nullable String column,
            @Schema(example = "phone-invalid") String code) {}

    @Operation(
            operationId = "uploadPatientImport",
            summary = "Upload a file with patients",
            description =
                    "The bytes of a CSV or XLSX file, at most 32 MiB and 100,000 rows. Encoding, delimiter and columns are"
                            + " recognised by the content; nothing is imported yet. The file is deleted after a day.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @Access(Allow.OWNER)
    @Refuses({Problem.BODY_TOO_LARGE, Problem.IMPORT_FILE_REFUSED})
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<PatientImport> upload(@PathVariable UUID organizationId, HttpServletRequest request)
            throws IOException {
        try (var file = files.spool(request.getInputStream())) {
            var made = PatientImport.of(imports.upload(PatientImportKind.NAME, file.path()));
            return ResponseEntity.created(URI.create(
                            "/api/v1/organizations/%s/patient-imports/%s".formatted(organizationId, made.id())))
                    .body(made);
        }
    }

    @Operation(operationId = "listPatientImports", summary = "The last imports of patients")
    @Access(Allow.OWNER)
    @GetMapping
    Newest list(@PathVariable UUID organizationId) {
        return new Newest(imports.newest(PatientImportKind.NAME).stream()
                .map(PatientImport::of)
                .toList());
    }

    @Operation(
            operationId = "getPatientImport",
            summary = "An import of patients, and how far it is",
            description = "While a step is under way, `rowsDone` of `rowsTotal` are through.")
    @Access(Allow.OWNER)
    @GetMapping("/{id}")
    PatientImport get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return PatientImport.of(imports.get(PatientImportKind.NAME, id));
    }

    @Operation(operationId = "previewPatientImport", summary = "The first rows of the file")
    @Access(Allow.OWNER)
    @GetMapping("/{id}/preview")
    Preview preview(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new Preview(imports.preview(PatientImportKind.NAME, id).stream()
                .map(PreviewRow::new)
                .toList());
    }

    @Operation(
            operationId = "checkPatientImport",
            summary = "Say what the columns hold, and have every row tried",
            description = "Nothing is imported: afterwards the import says what would be, row by row. May be repeated.")
    @Access(Allow.OWNER)
    @Refuses(Problem.IMPORT_NOT_IN_THAT_STATE)
    @PutMapping("/{id}")
    PatientImport check(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Plan body) {
        return PatientImport.of(imports.check(
                PatientImportKind.NAME,
                id,
                expected,
                new FileImports.Plan(
                        own.held(body.fields(), Objects.requireNonNullElse(body.customFields(), List.of())),
                        body.updateExisting(),
                        body.monthFirst(),
                        Map.of())));
    }

    @Operation(
            operationId = "commitPatientImport",
            summary = "Import all rows that can be",
            description = "In the background. A row is taken over whole or not at all.")
    @Access(Allow.OWNER)
    @Refuses(Problem.IMPORT_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/commit")
    PatientImport commit(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return PatientImport.of(imports.commit(PatientImportKind.NAME, id, expected));
    }

    @Operation(
            operationId = "undoPatientImport",
            summary = "Remove the patients that an import created",
            description =
                    "In the background. Who has a visit or a message since, or was changed, stays. What the import completed"
                            + " in patients who were there already is not taken back.")
    @Access(Allow.OWNER)
    @Refuses(Problem.IMPORT_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/undo")
    PatientImport undo(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return PatientImport.of(imports.undo(PatientImportKind.NAME, id, expected));
    }

    @Operation(
            operationId = "listPatientImportRows",
            summary = "What becomes of single rows",
            description = "In the order of the file. Before the import rows that are simply new are not listed.")
    @Access(Allow.OWNER)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/{id}/rows")
    Page<ImportRow> rows(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @RequestParam(required = false) @Size(max = 20) @Nullable String outcome,
            @RequestParam(defaultValue = "50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return rows.of(imports.get(PatientImportKind.NAME, id), outcome, limit, cursor)
                .map(row -> new ImportRow(
                        row.number(),
                        row.outcome(),
                        row.problems().stream()
                                .map(problem -> new RowProblem(problem.column(), problem.code()))
                                .toList(),
                        row.id()));
    }
}
