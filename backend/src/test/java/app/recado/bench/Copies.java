package app.recado.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Many of what one request made, so that the copies are as real as the first. */
final class Copies {

    private Copies() {}

    /**
     * So many confirmations that are due, each of a visit of another patient's.
     *
     * @param connection as the superuser
     * @param visit of this patient, the pattern for all others
     */
    static void due(Connection connection, UUID clinic, UUID patient, UUID visit, int many, Instant now)
            throws SQLException {
        var place = new HashMap<String, String>();
        place.put("id", "md5(a.id::text || g)::uuid");
        place.put("phone", "'+54911' || lpad((20000000 + g)::text, 8, '0')");
        copy(connection, "patient", patient, many, place);
        place.clear();
        place.put("id", "md5(a.id::text || g)::uuid");
        place.put("patient_id", "md5(a.patient_id::text || g)::uuid");
        place.put("starts_at", "a.starts_at + g * interval '30 minutes'");
        place.put("ends_at", "a.ends_at + g * interval '30 minutes'");
        copy(connection, "appointment", visit, many, place);
        try (var insert = connection.prepareStatement("""
                insert into recado.message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id,
                       state, due_at, useful_until, next_attempt_at, ready, created_at, updated_at)
                select organization_id, md5('message' || id::text)::uuid, id, schedule_version, 'confirmation', 1, patient_id,
                       'planned', ?, starts_at, ?, true, ?, ?
                  from recado.appointment where organization_id = ? and id <> ?
                """)) {
            for (int i = 1; i <= 4; i++) {
                insert.setTimestamp(i, Timestamp.from(now));
            }
            insert.setObject(5, clinic);
            insert.setObject(6, visit);
            insert.execute();
        }
        for (var table : List.of("patient", "appointment", "message")) {
            connection.createStatement().execute("analyze recado." + table);
        }
    }

    /** The row with that id so many times more, with other expressions in some columns. */
    private static void copy(Connection connection, String table, UUID id, int many, Map<String, String> other)
            throws SQLException {
        var columns = new ArrayList<String>();
        try (var rows = connection.createStatement().executeQuery("""
                        select column_name from information_schema.columns
                         where table_schema = 'recado' and table_name = '%s' and is_generated = 'NEVER'
                         order by ordinal_position
                        """.formatted(table))) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        var values = columns.stream()
                .map(column -> other.getOrDefault(column, "a." + column))
                .toList();
        connection
                .createStatement()
                .execute(
                        "insert into recado.%1$s (%2$s) select %3$s from recado.%1$s a, generate_series(1, %4$d) g where a.id = '%5$s'"
                                .formatted(table, String.join(", ", columns), String.join(", ", values), many, id));
    }
}
