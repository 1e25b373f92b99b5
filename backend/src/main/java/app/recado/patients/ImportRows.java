package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
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
public class ImportRows {

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
     * @param problems what is wrong with it; empty when nothing is
     * @param id what it made, or is there already; null when there is nothing
     */
    public record ImportRow(
            long number,
            ImportRowOutcome outcome,
            List<RowProblem> problems,
            @Nullable UUID id) {}

    /** What is wrong with a row. @param column name of the column; null for the row as a whole */
    public record RowProblem(@Nullable String column, String code) {}

    /**
     * In the order of the file.
     *
     * @param outcome only these, by their name in the API; null for all
     * @throws app.recado.kernel.ProblemException {@code invalid-parameter}, {@code invalid-cursor}
     */
    @Transactional(readOnly = true)
    public Page<ImportRow> of(FileImport one, @Nullable String outcome, int limit, @Nullable String cursor) {
        if (outcome != null
                && Arrays.stream(ImportRowOutcome.values())
                        .noneMatch(each -> each.wireName().equals(outcome))) {
            throw Problem.INVALID_PARAMETER.because("There is no such outcome");
        }
        var after = cursors.open(LIST, cursor);
        var rows = jdbc.sql("""
                        select number, outcome, problems, coalesce(record_id, patient_id) as id from patient_import_row
                         where organization_id = :org and import_id = :id and number > :after %s
                         order by number limit %d
                        """.formatted(outcome == null ? "" : "and outcome = :outcome", limit + 1))
                .param("org", CurrentOrganization.id())
                .param("id", one.id())
                .param("after", after == null ? 0L : Long.parseLong(after.getFirst()))
                .param("outcome", outcome == null ? "" : outcome)
                .query((row, n) -> new ImportRow(
                        row.getLong("number"),
                        ImportRowOutcome.of(row.getString("outcome")),
                        problems(row.getArray("problems"), one.columns()),
                        row.getObject("id", UUID.class)))
                .list();
        return Page.of(rows, limit, last -> cursors.seal(LIST, String.valueOf(last.number())));
    }

    private static List<RowProblem> problems(Array stored, List<String> columns) throws SQLException {
        return Arrays.stream((String[]) stored.getArray())
                .map(text -> text.split(" ", 2))
                .map(parts -> new RowProblem(nameOf(Integer.parseInt(parts[0]), columns), parts[1]))
                .toList();
    }

    private static @Nullable String nameOf(int column, List<String> columns) {
        return column < 0 || column >= columns.size() ? null : columns.get(column);
    }
}
