package app.recado.kernel.retention;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of one table that go by their age alone. Names and conditions are the code's own: they become part of the statement.
 *
 * @param name as {@link Retained#name()}
 * @param table whose rows
 * @param age the column that tells when a row was written or settled
 * @param condition which of them may go, in SQL; {@code true} for all
 * @param mediaKey the column with a row's object in the media store, which goes with it; {@code null} in SQL for none
 */
public record OldRows(
        JdbcClient jdbc, String name, Term term, String table, String age, String condition, String mediaKey)
        implements Retained {

    /** Rows without anything in the media store. */
    public OldRows(JdbcClient jdbc, String name, Term term, String table, String age, String condition) {
        this(jdbc, name, term, table, age, condition, "null");
    }

    @Override
    public Removed remove(Instant olderThan, int atMost) {
        // Materialised: a subquery that locks is otherwise run again for each row where the planner expects few, and
        // passes
        // over what this very statement has deleted, so that everything goes at once.
        var keys = jdbc.sql("""
                        with old as materialized (
                               select ctid from %1$s where organization_id = ? and %2$s < ? and %3$s
                                order by %2$s limit %4$d for update skip locked)
                        delete from %1$s using old where %1$s.organization_id = ? and %1$s.ctid = old.ctid
                        returning coalesce(%5$s, '')
                        """.formatted(table, age, condition, atMost, mediaKey))
                .params(CurrentOrganization.id(), SqlTime.at(olderThan), CurrentOrganization.id())
                .query((row, n) -> row.getString(1))
                .list();
        return new Removed(
                keys.size(), keys.stream().filter(key -> !key.isEmpty()).toList());
    }
}
