package app.recado.patients;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table forgets a person who is erased, or why it keeps what it says of them. A bean of each module and table that
 * names patients; a test compares these with the database, so that no new table is forgotten, and another looks for what is
 * left of somebody anywhere.
 *
 * <p>Bound in every statement: {@code :org}, {@code :cards} (ids of the patient and of the cards that were merged into theirs),
 * {@code :phones} (numbers at which they are reached and no other patient is), {@code :now}, {@code :by} (the account) and
 * {@code :byName} (what the account is called).
 *
 * @param table whose rows
 * @param kept why rows stay as they are; null when {@code statements} change them
 * @param obstacle a query that answers true while it cannot be done; null when nothing stands in the way
 * @param reason what stands in the way then, for people
 * @param mediaKeys a query for objects in the media store that go with it; null for none
 * @param statements what is done, one after another
 * @param last after all tables that are looked up through it; those of equal rank go in the order of their names, visits
 *     before messages, as whoever sends locks them
 */
public record PatientErasure(
        String table,
        @Nullable String kept,
        @Nullable String obstacle,
        String reason,
        @Nullable String mediaKeys,
        List<String> statements,
        boolean last) {

    /** Without obstacle and without anything in the media store. */
    public static PatientErasure of(String table, String... statements) {
        return new PatientErasure(table, null, null, "", null, List.of(statements), false);
    }

    /** Nothing is done. @param why what stays and is needed, or says nothing of the person */
    public static PatientErasure kept(String table, String why) {
        return new PatientErasure(table, why, null, "", null, List.of(), false);
    }

    /** Refused while the query answers true. */
    public PatientErasure unless(String query, String because) {
        return new PatientErasure(table, kept, query, because, mediaKeys, statements, last);
    }

    public PatientErasure withMedia(String keys) {
        return new PatientErasure(table, kept, obstacle, reason, keys, statements, last);
    }

    public PatientErasure afterOthers() {
        return new PatientErasure(table, kept, obstacle, reason, mediaKeys, statements, true);
    }
}
