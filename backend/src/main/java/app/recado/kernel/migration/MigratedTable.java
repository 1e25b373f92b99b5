package app.recado.kernel.migration;

import java.util.Set;
import java.util.UUID;

/**
 * What a module makes of the rows of one table: a bean of it. Several may read the same table. A row is taken inside a
 * transaction of its clinic, which also remembers it; what is refused changes nothing.
 */
public interface MigratedTable {

    /** What it makes, for example {@code patients}; others refer to it by this. */
    String kind();

    /** The file that it reads, without its ending. */
    String table();

    /** Smaller ones first: what others refer to. */
    int order();

    /** Columns that it reads, besides those of every table. */
    Set<String> columns();

    /** Whether it makes anything of a row; of others nothing is counted. */
    default boolean concerns(ExternalRow row) {
        return true;
    }

    /**
     * Takes a row.
     *
     * @return the id of what it made
     * @throws app.recado.kernel.ProblemException why it cannot be taken
     */
    UUID take(ExternalRow row, MigrationRelations relations);

    /** How many of these the clinic has now, whoever made them; inside a transaction of it. */
    long present(boolean rehearsal);
}
