package app.recado.kernel.migration;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** What a row may refer to: rows of its clinic that were taken, in this run or an earlier one, and files of the export. */
public interface MigrationRelations {

    /**
     * What was made of the row that a column names.
     *
     * @param kind of the {@link MigratedTable} that made it
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} ({@code relation-unknown}) when there is none
     */
    UUID required(ExternalRow row, String column, String kind);

    /** The same; empty when the column is. @throws app.recado.kernel.ProblemException likewise */
    Optional<UUID> optional(ExternalRow row, String column, String kind);

    /** The person of the clinic that a column names; empty when there is none. */
    Optional<ExternalRow> person(ExternalRow row, String column);

    /** The person whom the clinic begins with. */
    ExternalRow owner();

    /** A file of the export's folder {@code media}. @throws app.recado.kernel.ProblemException {@code invalid-fields} ({@code
     * file-missing}) */
    Path file(ExternalRow row, String column);

    /** Whether everything is undone at the end: nothing outside of the database may be touched. */
    boolean rehearsal();
}
