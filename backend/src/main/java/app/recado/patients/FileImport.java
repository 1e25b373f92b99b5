package app.recado.patients;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import of a file, of whatever kind.
 *
 * @param kind {@link ImportKind#name()}
 * @param format {@code csv} or {@code xlsx}
 * @param encoding of a CSV file, as it was recognised; null for XLSX
 * @param delimiter of a CSV file, as it was recognised; null for XLSX
 * @param columns names of the file's columns
 * @param fields what each holds
 * @param updateExisting whether rows of records that are there already complete them
 * @param monthFirst whether 3/4/2026 is in March
 * @param options what else was chosen, as the kind understands it
 * @param rowsTotal rows of the file; null until they were counted
 * @param rowsDone how many of them the step under way is through with
 * @param cause why the file cannot be read; null unless the import failed
 */
public record FileImport(
        UUID id,
        String kind,
        ImportState state,
        String format,
        @Nullable String encoding,
        @Nullable String delimiter,
        List<String> columns,
        List<String> fields,
        boolean updateExisting,
        boolean monthFirst,
        Map<String, String> options,
        @Nullable Integer rowsTotal,
        int rowsDone,
        int created,
        int updated,
        int alreadyThere,
        int refused,
        int removed,
        int kept,
        @Nullable String cause,
        Instant createdAt,
        @Nullable Instant finishedAt,
        long version) {}
