package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What becomes of the rows of a file, for people who mend it. */
@Repository
class ImportRows {

    private static final String LIST = "patient-import-rows";

    private final JdbcClient jdbc;
    private final Cursors cursors;

    ImportRows(JdbcClient jdbc, Cursors cursors) {
        this.jdbc = jdbc;
        this.cursors = cursors;
    }

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

    /** In the order of the file. @param outcome only these; null for all */
    @Transactional(readOnly = true)
    public Page<ImportRow> of(
            PatientImport one, @Nullable ImportRowOutcome outcome, int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var rows = jdbc.sql("""
                        select number, outcome, problems, patient_id from patient_import_row
                         where organization_id = :org and import_id = :id and number > :after %s
                         order by number limit %d
                        """.formatted(outcome == null ? "" : "and outcome = :outcome", limit + 1))
                .param("org", CurrentOrganization.id())
                .param("id", one.id())
                .param("after", after == null ? 0L : Long.parseLong(after.getFirst()))
                .param("outcome", outcome == null ? "" : outcome.wireName())
                .query((row, n) -> new ImportRow(
                        row.getLong("number"),
                        ImportRowOutcome.of(row.getString("outcome")),
                        problems(row.getArray("problems"), one.columns()),
                        row.getObject("patient_id", UUID.class)))
                .list();
        return Page.of(rows, limit, last -> cursors.seal(LIST, String.valueOf(last.number())));
    }

    private static List<RowProblem> problems(Array stored, List<PatientImport.Column> columns) throws SQLException {
        return Arrays.stream((String[]) stored.getArray())
                .map(text -> text.split(" ", 2))
                .map(parts -> new RowProblem(nameOf(Integer.parseInt(parts[0]), columns), parts[1]))
                .toList();
    }

    private static @Nullable String nameOf(int column, List<PatientImport.Column> columns) {
        return column < 0 || column >= columns.size()
                ? null
                : columns.get(column).name();
    }
}
