package app.recado.patients;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An import of patients from a file.
 *
 * @param format what kind of file it is
 * @param encoding of a CSV file, as it was recognised; null for XLSX
 * @param delimiter of a CSV file, as it was recognised; null for XLSX
 * @param columns the columns of the file, and what each is taken for
 * @param updateExisting whether rows of patients who are there already complete them; otherwise they change nothing
 * @param monthFirst whether 3/4/1985 is in March
 * @param rowsTotal rows of the file; null until they were counted
 * @param rowsDone how many of them the step under way is through with
 * @param created patients that are new, or will be
 * @param updated patients who were there and were completed, or will be
 * @param alreadyThere rows of patients who were there, or repeated in the file, and change nothing
 * @param refused rows with something wrong, of which nothing is taken
 * @param removed patients that were removed when the import was undone
 * @param kept patients that stayed then, because something refers to them or somebody changed them
 * @param cause why the file cannot be read; null unless the import failed
 * @param finishedAt when the last step ended; null while none has
 */
@Schema(name = "PatientImport")
record PatientImport(
        UUID id,
        ImportState state,

        @Schema(allowableValues = {"csv", "xlsx"}) String format,

        @Schema(example = "UTF-8") @Nullable String encoding,
        @Schema(example = ";") @Nullable String delimiter,
        List<Column> columns,
        boolean updateExisting,
        boolean monthFirst,
        @Nullable Integer rowsTotal,
        int rowsDone,
        int created,
        int updated,
        int alreadyThere,
        int refused,
        int removed,
        int kept,
        @Schema(example = "broken-file") @Nullable String cause,
        Instant createdAt,
        @Nullable Instant finishedAt,
        long version)
        implements Versioned {

    /**
     * A column of the file.
     *
     * @param name as it stands in the header; empty for a column without one
     * @param field what it holds
     * @param customField key of the field of the clinic's own that it holds; null for none
     */
    @Schema(name = "PatientImportColumn")
    record Column(
            @Schema(example = "Fecha de nacimiento") String name,
            ImportField field,
            @Schema(example = "grupo-sanguineo") @Nullable String customField) {}

    static PatientImport of(FileImport one) {
        return new PatientImport(
                one.id(),
                one.state(),
                one.format(),
                one.encoding(),
                one.delimiter(),
                IntStream.range(0, one.columns().size())
                        .mapToObj(i -> new Column(
                                one.columns().get(i),
                                ImportedCustomFields.fieldOf(one.fields().get(i)),
                                ImportedCustomFields.keyOf(one.fields().get(i))))
                        .toList(),
                one.updateExisting(),
                one.monthFirst(),
                one.rowsTotal(),
                one.rowsDone(),
                one.created(),
                one.updated(),
                one.alreadyThere(),
                one.refused(),
                one.removed(),
                one.kept(),
                one.cause(),
                one.createdAt(),
                one.finishedAt(),
                one.version());
    }
}
