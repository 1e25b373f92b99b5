package app.recado.patients;

import app.recado.patients.tables.TableFile;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record that files are imported as: a bean of the module whose records they are. The pipeline ({@link
 * FileImports}) keeps the file, reads it, counts, and goes on where it was interrupted; the kind knows what a row means.
 */
public interface ImportKind {

    /** As it stands in the imports' rows; part of no address. */
    String name();

    /** What the columns of a file seem to hold, by their names; one wire name of a field for each column. */
    List<String> suggested(List<String> header);

    /** A field that is not taken over and may stand at any number of columns. */
    String ignored();

    /**
     * Refuses columns that do not make a record.
     *
     * @param fields each once, but for {@link #ignored()}
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} at {@code /fields}
     */
    void requireEnough(Set<String> fields);

    /** Begins a step: all rows are read, in their order, also those that an interrupted step was through with. Needs an open
     * transaction. */
    Step begin(FileImport now);

    /** One step over a whole file. */
    interface Step {

        /** Reads a row by itself; no database is asked. */
        Row read(TableFile.Row row);

        /**
         * Tries some rows, or takes them over, inside the transaction that counts them.
         *
         * @param commit false to try
         * @param by the account that imports
         * @return one for each, in any order
         */
        List<Done> batch(List<Row> rows, boolean commit, String by);
    }

    /**
     * Removes records that an import created, inside a transaction.
     *
     * @return those that are gone; whoever something refers to, or somebody changed, stays
     * @throws org.springframework.dao.DataIntegrityViolationException when one of them is referred to: then each is tried alone
     */
    List<UUID> remove(List<UUID> records);

    /**
     * What is wrong with a row.
     *
     * @param column place of the column, from 0; -1 for the row as a whole
     * @param code stable code, as of a field of a request
     */
    record RowProblem(int column, String code) {}

    /**
     * A row that was read.
     *
     * @param record what it says; null when something is wrong
     * @param problems empty when nothing is
     */
    record Row(long number, @Nullable Object record, List<RowProblem> problems) {

        /** A row that cannot be taken for a reason that only others show. */
        public Row refused(int column, String code) {
            return new Row(number, null, List.of(new RowProblem(column, code)));
        }

        /** The data of people: never printed. */
        @Override
        public String toString() {
            return "Row[" + number + "]";
        }
    }

    /**
     * What became of a row.
     *
     * @param id what it made or is there already; null when there is nothing
     */
    record Done(Row row, ImportRowOutcome outcome, @Nullable UUID id) {}
}
