package app.recado.scheduling.imports;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.patients.FileImports;
import app.recado.patients.ImportFiles;
import app.recado.patients.ImportRowOutcome;
import app.recado.patients.ImportRows;
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

/** Imports of visits over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/appointment-imports")
@Tag(name = "Appointment imports")
class AppointmentImportController {

    private final FileImports imports;
    private final ImportFiles files;
    private final ImportRows rows;

    AppointmentImportController(FileImports imports, ImportFiles files, ImportRows rows) {
        this.imports = imports;
        this.files = files;
        this.rows = rows;
    }

    /**
     * What is to be done with a file.
     *
     * @param fields what each column holds, in the order of the columns; each field once, {@code ignore} any number of times
     * @param monthFirst whether 3/4/2026 is in March
     * @param pastStatus what is taken for true of past visits of which the file does not say what became of them
     * @param notices what patients are told of visits that are still to come; of past ones they are told nothing
     */
    @Schema(name = "AppointmentImportPlan")
    record Plan(
            @NotNull @Size(min = 1, max = 200) List<@NotNull AppointmentImportField> fields,
            @NotNull Boolean monthFirst,
            @NotNull PastStatus pastStatus,
            @NotNull ImportNotices notices) {}

    /**
     * Imports of visits.
     *
     * @param items the newest first
     */
    @Schema(name = "AppointmentImports")
    record Newest(List<AppointmentImport> items) {}

    /**
     * The beginning of a file.
     *
     * @param items its first rows; none once the file is not kept any more
     */
    @Schema(name = "AppointmentImportPreview")
    record Preview(List<PreviewRow> items) {}

    /**
     * A row of the file, before anything is made of it.
     *
     * @param cells one text for each column
     */
    @Schema(name = "AppointmentImportPreviewRow")
    record PreviewRow(List<String> cells) {}

    /**
     * A row of the file.
     *
     * @param number as a spreadsheet counts rows, or the line on which it begins; the header's is 1
     * @param outcome what becomes of it
     * @param problems what is wrong with it; empty when nothing is
     * @param appointmentId the visit that it made, or that was there already; null when there is none
     */
    @Schema(name = "AppointmentImportRow")
    record ImportRow(
            @Schema(example = "17") long number,
            ImportRowOutcome outcome,
            List<RowProblem> problems,
            @Nullable UUID appointmentId) {}

    /**
     * What is wrong with a row.
     *
     * @param column name of the column; null for the row as a whole
     * @param code stable code, as of a field of a request
     */
    @Schema(name = "AppointmentImportRowProblem")
    record RowProblem(
            @Schema(example = "Hora") @Nullable String column,
            @Schema(example = "slot-taken") String code) {}

    @Operation(
            operationId = "uploadAppointmentImport",
            summary = "Upload a file with visits",
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
    ResponseEntity<AppointmentImport> upload(@PathVariable UUID organizationId, HttpServletRequest request)
            throws IOException {
        try (var file = files.spool(request.getInputStream())) {
            var made = AppointmentImport.of(imports.upload(AppointmentImportKind.NAME, file.path()));
            return ResponseEntity.created(URI.create(
                            "/api/v1/organizations/%s/appointment-imports/%s".formatted(organizationId, made.id())))
                    .body(made);
        }
    }

    @Operation(operationId = "listAppointmentImports", summary = "The last imports of visits")
    @Access(Allow.OWNER)
    @GetMapping
    Newest list(@PathVariable UUID organizationId) {
        return new Newest(imports.newest(AppointmentImportKind.NAME).stream()
                .map(AppointmentImport::of)
                .toList());
    }

    @Operation(
            operationId = "getAppointmentImport",
            summary = "An import of visits, and how far it is",
            description = "While a step is under way, `rowsDone` of `rowsTotal` are through.")
    @Access(Allow.OWNER)
    @GetMapping("/{id}")
    AppointmentImport get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return AppointmentImport.of(imports.get(AppointmentImportKind.NAME, id));
    }

    @Operation(operationId = "previewAppointmentImport", summary = "The first rows of the file")
    @Access(Allow.OWNER)
    @GetMapping("/{id}/preview")
    Preview preview(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return new Preview(imports.preview(AppointmentImportKind.NAME, id).stream()
                .map(PreviewRow::new)
                .toList());
    }

    @Operation(
            operationId = "checkAppointmentImport",
            summary = "Say what the columns hold, and have every row tried",
            description =
                    "Nothing is imported: afterwards the import says what would be, row by row. May be repeated. Hours are"
                            + " those of the location, or of the clinic; one that clocks skip is later as they skip, one that"
                            + " they repeat is the first.")
    @Access(Allow.OWNER)
    @Refuses(Problem.IMPORT_NOT_IN_THAT_STATE)
    @PutMapping("/{id}")
    AppointmentImport check(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody Plan body) {
        return AppointmentImport.of(imports.check(
                AppointmentImportKind.NAME,
                id,
                expected,
                new FileImports.Plan(
                        body.fields().stream()
                                .map(AppointmentImportField::wireName)
                                .toList(),
                        false,
                        body.monthFirst(),
                        Map.of(
                                AppointmentImportKind.PAST_STATUS,
                                body.pastStatus().wireName(),
                                AppointmentImportKind.NOTICES,
                                body.notices().wireName()))));
    }

    @Operation(
            operationId = "commitAppointmentImport",
            summary = "Import all rows that can be",
            description = "In the background. A row is taken over whole or not at all.")
    @Access(Allow.OWNER)
    @Refuses(Problem.IMPORT_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/commit")
    AppointmentImport commit(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return AppointmentImport.of(imports.commit(AppointmentImportKind.NAME, id, expected));
    }

    @Operation(
            operationId = "undoAppointmentImport",
            summary = "Remove the visits that an import created",
            description =
                    "In the background. What somebody touched since stays, and so does what a patient was told of. What was"
                            + " planned to be told is not.")
    @Access(Allow.OWNER)
    @Refuses(Problem.IMPORT_NOT_IN_THAT_STATE)
    @PostMapping("/{id}/undo")
    AppointmentImport undo(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        return AppointmentImport.of(imports.undo(AppointmentImportKind.NAME, id, expected));
    }

    @Operation(
            operationId = "listAppointmentImportRows",
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
        return rows.of(imports.get(AppointmentImportKind.NAME, id), outcome, limit, cursor)
                .map(row -> new ImportRow(
                        row.number(),
                        row.outcome(),
                        row.problems().stream()
                                .map(problem -> new RowProblem(problem.column(), problem.code()))
                                .toList(),
                        row.id()));
    }
}
