package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.scheduling.directory.Locations;
import app.recado.scheduling.directory.VersionedRows;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What schedules and their exceptions have in common: an owner, and a version that people change them by. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OwnedRows {

    private final JdbcClient jdbc;
    private final VersionedRows rows;
    private final Locations locations;
    private final LiveHints hints;

    OwnedRows(JdbcClient jdbc, VersionedRows rows, Locations locations, LiveHints hints) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.locations = locations;
        this.hints = hints;
    }

    /** The two kinds of rows; the tables' names are ours and never a client's. */
    enum Kind {
        SCHEDULE("schedule", "There is no such schedule"),
        EXCEPTION("schedule_exception", "There is no such exception");

        private final String table;
        final String missing;

        Kind(String table, String missing) {
            this.table = table;
            this.missing = missing;
        }
    }

    /** Holds a row until the transaction ends.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    void hold(Kind kind, UUID id, ExpectedVersion expected) {
        rows.hold(kind.table, id, expected, kind.missing);
    }

    /** Deletes a row with its hours, and tells open consoles.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    void remove(Kind kind, UUID id, ExpectedVersion expected) {
        hold(kind, id, expected);
        jdbc.sql("delete from %s where organization_id = ? and id = ?".formatted(kind.table))
                .params(CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.SCHEDULE, id);
    }

    /** @param id null for the main one
     * @param pointer the field that names it, as a JSON pointer
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} */
    void requireLocation(@Nullable UUID id, String pointer) {
        if (id != null) {
            locations.requireActive(id, pointer);
        }
    }

    /** @param id null for the clinic itself
     * @throws app.recado.kernel.ProblemException {@code practitioner-unknown} */
    void requireOwner(@Nullable UUID id) {
        if (id == null) {
            return;
        }
        boolean known = jdbc.sql("select exists (select 1 from practitioner where organization_id = ? and id = ?)")
                .params(CurrentOrganization.id(), id)
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Problem.PRACTITIONER_UNKNOWN.at(
                    "/practitionerId", "unknown-value", "Choose one of the clinic's practitioners");
        }
    }
}
