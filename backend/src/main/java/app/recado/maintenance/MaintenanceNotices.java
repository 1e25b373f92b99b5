package app.recado.maintenance;

import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Announces work on Recado and tells of what is not over yet. A notice is not changed: it is withdrawn, and another written. */
@Service
class MaintenanceNotices {

    /** Far more than anybody reads; a list that is longer is somebody's mistake. */
    private static final int SHOWN = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    MaintenanceNotices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What is under way or to come, the soonest first. */
    @Transactional(readOnly = true)
    public List<MaintenanceNotice> current() {
        return jdbc.sql("select * from maintenance_notice where ends_at > ? order by begins_at, id limit ?")
                .params(SqlTime.at(clock.instant()), SHOWN)
                .query(MaintenanceNotices::read)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} when it ends before it begins or is over already */
    @Transactional
    public MaintenanceNotice announce(Instant beginsAt, Instant endsAt, MaintenanceNotice.Words text) {
        var now = clock.instant();
        if (!endsAt.isAfter(beginsAt)) {
            throw Problem.INVALID_FIELDS.at("/endsAt", "out-of-range", "It ends after it begins");
        }
        if (!endsAt.isAfter(now)) {
            throw Problem.INVALID_FIELDS.at("/endsAt", "out-of-range", "It is over already");
        }
        var notice = new MaintenanceNotice(Ids.next(), beginsAt, endsAt, text);
        jdbc.sql("""
                        insert into maintenance_notice (id, begins_at, ends_at, text_es, text_en, text_pt, created_at, created_by)
                        values (:id, :begins, :ends, :es, :en, :pt, :now, :by)
                        """)
                .param("id", notice.id())
                .param("begins", SqlTime.at(beginsAt))
                .param("ends", SqlTime.at(endsAt))
                .param("es", text.es())
                .param("en", text.en())
                .param("pt", text.pt())
                .param("now", SqlTime.at(now))
                .param("by", Caller.current().subject())
                .update();
        return notice;
    }

    /** Nobody is told of it any more.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} when it is gone already */
    @Transactional
    public void withdraw(UUID id) {
        if (jdbc.sql("delete from maintenance_notice where id = ?").param(id).update() == 0) {
            throw Problem.NOT_FOUND.because("There is no such notice");
        }
    }

    private static MaintenanceNotice read(ResultSet row, int number) throws SQLException {
        return new MaintenanceNotice(
                Objects.requireNonNull(row.getObject("id", UUID.class)),
                SqlTime.instant(row, "begins_at"),
                SqlTime.instant(row, "ends_at"),
                new MaintenanceNotice.Words(
                        Objects.requireNonNull(row.getString("text_es")),
                        Objects.requireNonNull(row.getString("text_en")),
                        Objects.requireNonNull(row.getString("text_pt"))));
    }
}
