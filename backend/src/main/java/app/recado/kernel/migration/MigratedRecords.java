package app.recado.kernel.migration;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What became of the other system's rows, by its ids. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class MigratedRecords {

    private final JdbcClient jdbc;
    private final Clock clock;

    MigratedRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All of a kind of the current organization, by the other system's ids. */
    public Map<String, UUID> of(String kind) {
        var known = new HashMap<String, UUID>();
        jdbc.sql("select external_id, record_id from migrated_record where organization_id = ? and kind = ?")
                .params(CurrentOrganization.id(), kind)
                .query(row -> {
                    known.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return known;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when another run took the row meanwhile */
    public void add(String kind, String externalId, UUID record) {
        jdbc.sql("""
                        insert into migrated_record (organization_id, kind, external_id, record_id, created_at)
                        values (?, ?, ?, ?, ?)
                        """)
                .params(CurrentOrganization.id(), kind, externalId, record, SqlTime.at(clock.instant()))
                .update();
    }
}
