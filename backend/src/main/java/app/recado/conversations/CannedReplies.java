package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.Versioned;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.web.Constraints;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Texts that a clinic answers with often. Their fields are filled by whoever sends one, with what stands beside it. */
@Service
@Transactional
class CannedReplies {

    /** What may stand in double braces, named as in message templates; the agent is whoever answers. */
    static final Set<String> FIELDS = Set.of(
            "patient.givenName",
            "organization.name",
            "appointment.date",
            "appointment.time",
            "practitioner.displayName",
            "agent.name");

    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    CannedReplies(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * A saved reply.
     *
     * @param shortcut what is typed after a slash: lower-case letters, digits and dashes
     * @param text with fields in double braces
     * @param updatedBy who wrote it last, as they are called
     */
    @Schema(name = "CannedReply")
    record CannedReply(UUID id, String shortcut, String text, Instant updatedAt, String updatedBy, long version)
            implements Versioned {}

    /** By shortcut. */
    @Transactional(readOnly = true)
    public List<CannedReply> list() {
        return jdbc.sql("""
                        select id, shortcut, text, updated_at, updated_by, version from canned_reply
                         where organization_id = ? order by shortcut limit 1000
                        """)
                .param(CurrentOrganization.id())
                .query(CannedReplies::reply)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public CannedReply get(UUID id) {
        return find(id, "");
    }

    private CannedReply find(UUID id, String locking) {
        return jdbc.sql("""
                        select id, shortcut, text, updated_at, updated_by, version from canned_reply
                         where organization_id = ? and id = ?
                        """ + locking)
                .params(CurrentOrganization.id(), id)
                .query(CannedReplies::reply)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such reply"));
    }

    /** @throws app.recado.kernel.ProblemException {@code shortcut-taken}, {@code invalid-fields} for unknown fields */
    public CannedReply add(String shortcut, String text, Staff by) {
        checkFields(text);
        var id = Ids.next();
        unlessTaken(() -> jdbc.sql("""
                        insert into canned_reply (organization_id, id, shortcut, text, updated_at, updated_by)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(CurrentOrganization.id(), id, shortcut, text, SqlTime.at(clock.instant()), by.name())
                .update());
        hints.changed(LiveHints.Kind.CANNED_REPLY, id);
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code shortcut-taken}, {@code
     *     invalid-fields} */
    public CannedReply change(UUID id, ExpectedVersion expected, String shortcut, String text, Staff by) {
        checkFields(text);
        expected.mustBe(find(id, " for update").version());
        unlessTaken(() -> jdbc.sql("""
                        update canned_reply set shortcut = ?, text = ?, updated_at = ?, updated_by = ?, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(shortcut, text, SqlTime.at(clock.instant()), by.name(), CurrentOrganization.id(), id)
                .update());
        hints.changed(LiveHints.Kind.CANNED_REPLY, id);
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public void remove(UUID id, ExpectedVersion expected) {
        expected.mustBe(find(id, " for update").version());
        jdbc.sql("delete from canned_reply where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.CANNED_REPLY, id);
    }

    private static void unlessTaken(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException refused) {
            if (Constraints.nameIn(refused).equals("canned_reply_shortcut")) {
                throw Problem.SHORTCUT_TAKEN.because("Choose another shortcut");
            }
            throw refused;
        }
    }

    private static void checkFields(String text) {
        var fields = FIELD.matcher(text);
        while (fields.find()) {
            if (!FIELDS.contains(fields.group(1))) {
                throw Problem.INVALID_FIELDS.at(
                        "/text", "template-field-unknown", "There is no field " + fields.group(1));
            }
        }
    }

    private static CannedReply reply(ResultSet row, int n) throws SQLException {
        return new CannedReply(
                row.getObject("id", UUID.class),
                row.getString("shortcut"),
                row.getString("text"),
                SqlTime.instant(row, "updated_at"),
                row.getString("updated_by"),
                row.getLong("version"));
    }
}
