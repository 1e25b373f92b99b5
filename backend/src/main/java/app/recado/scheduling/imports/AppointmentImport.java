package app.recado.scheduling.imports;

import app.recado.kernel.Versioned;
import app.recado.patients.FileImport;
import app.recado.patients.ImportState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An import of visits from a file.
 *
 * @param format what kind of file it is
 * @param encoding of a CSV file, as it was recognised; null for XLSX
 * @param delimiter of a CSV file, as it was recognised; null for XLSX
 * @param columns the columns of the file, and what each is taken for
 * @param monthFirst whether 3/4/2026 is in March
 * @param pastStatus what is taken for true of past visits of which the file does not say what became of them
 * @param notices what patients are told of visits that are still to come
 * @param rowsTotal rows of the file; null until they were counted
 * @param rowsDone how many of them the step under way is through with
 * @param created visits that are new, or will be
 * @param alreadyThere rows of visits that were there, or repeated in the file, and change nothing
 * @param refused rows with something wrong, of which nothing is taken
 * @param removed visits that were removed when the import was undone
 * @param kept visits that stayed then, because somebody touched them or was told of them
 * @param cause why the file cannot be read; null unless the import failed
 * @param finishedAt when the last step ended; null while none has
 */
@Schema(name = "AppointmentImport")
record AppointmentImport(
        UUID id,
        ImportState state,

        @Schema(allowableValues = {"csv", "xlsx"}) String format,

        @Schema(example = "UTF-8") @Nullable String encoding,
        @Schema(example = ";") @Nullable String delimiter,
        List<Column> columns,
        boolean monthFirst,
        PastStatus pastStatus,
        ImportNotices notices,
        @Nullable Integer rowsTotal,
        int rowsDone,
        int created,
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
     */
    @Schema(name = "AppointmentImportColumn")
    record Column(@Schema(example = "Profesional") String name, AppointmentImportField field) {}

    static AppointmentImport of(FileImport one) {
        return new AppointmentImport(
                one.id(),
                one.state(),
                one.format(),
                one.encoding(),
                one.delimiter(),
                IntStream.range(0, one.columns().size())
                        .mapToObj(i -> new Column(
                                one.columns().get(i),
                                AppointmentImportField.of(one.fields().get(i))))
                        .toList(),
                one.monthFirst(),
                PastStatus.of(
                        one.options().getOrDefault(AppointmentImportKind.PAST_STATUS, PastStatus.FULFILLED.wireName())),
                ImportNotices.of(
                        one.options().getOrDefault(AppointmentImportKind.NOTICES, ImportNotices.REMINDERS.wireName())),
                one.rowsTotal(),
                one.rowsDone(),
                one.created(),
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
