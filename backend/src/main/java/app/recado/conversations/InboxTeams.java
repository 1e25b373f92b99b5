package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.web.Constraints;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Groups of the clinic's people who take care of conversations, and of lines whose new conversations are theirs. */
@Repository
@Transactional
class InboxTeams {

    private static final String SELECT = """
            select t.id, t.name, t.version,
                   array(select m.account from inbox_team_member m
                          where m.organization_id = t.organization_id and m.team_id = t.id order by m.account) as members,
                   array(select l.line_id from inbox_team_line l
                          where l.organization_id = t.organization_id and l.team_id = t.id order by l.line_id) as lines
              from inbox_team t
             where t.organization_id = ?
            """;

    private final JdbcClient jdbc;
    private final LiveHints hints;

    InboxTeams(JdbcClient jdbc, LiveHints hints) {
        this.jdbc = jdbc;
        this.hints = hints;
    }

    /**
     * A team.
     *
     * @param name as people call it
     * @param memberIds accounts of the inbox's members
     * @param lineIds lines whose new conversations are this team's; a line has one team at most
     */
    @Schema(name = "InboxTeam")
    record Team(UUID id, String name, List<String> memberIds, List<UUID> lineIds, long version) implements Versioned {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<Team> list() {
        return jdbc.sql(SELECT + " order by lower(t.name), t.id limit 200")
                .param(CurrentOrganization.id())
                .query(InboxTeams::team)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Team> find(UUID id) {
        return jdbc.sql(SELECT + " and t.id = ?")
                .params(CurrentOrganization.id(), id)
                .query(InboxTeams::team)
                .optional();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Team get(UUID id) {
        return find(id).orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such team"));
    }

    /** @throws app.recado.kernel.ProblemException {@code team-name-taken}, {@code invalid-fields} for members and lines that
     *     the clinic has not */
    public Team add(String name, Collection<String> memberIds, Collection<UUID> lineIds) {
        var id = Ids.next();
        unlessTaken(() -> jdbc.sql("insert into inbox_team (organization_id, id, name) values (?, ?, ?)")
                .params(CurrentOrganization.id(), id, name.strip())
                .update());
        fill(id, memberIds, lineIds);
        return get(id);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code team-name-taken}, {@code
     *     invalid-fields} */
    public Team change(
            UUID id, ExpectedVersion expected, String name, Collection<String> memberIds, Collection<UUID> lineIds) {
        lock(id, expected);
        unlessTaken(() ->
                jdbc.sql("""
                        update inbox_team set name = ?, version = version + 1 where organization_id = ? and id = ?
                        """).params(name.strip(), CurrentOrganization.id(), id).update());
        for (var table : List.of("inbox_team_member", "inbox_team_line")) {
            jdbc.sql("delete from " + table + " where organization_id = ? and team_id = ?")
                    .params(CurrentOrganization.id(), id)
                    .update();
        }
        fill(id, memberIds, lineIds);
        return get(id);
    }

    /** Its conversations are of no team then.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale} */
    public void remove(UUID id, ExpectedVersion expected) {
        lock(id, expected);
        jdbc.sql("update conversation set team_id = null where organization_id = ? and team_id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        jdbc.sql("delete from inbox_team where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.CONVERSATION, id);
    }

    private void lock(UUID id, ExpectedVersion expected) {
        var version = jdbc.sql("select version from inbox_team where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such team"));
        expected.mustBe(version);
    }

    private void fill(UUID id, Collection<String> memberIds, Collection<UUID> lineIds) {
        var members = new TreeSet<>(memberIds);
        int added = jdbc.sql("""
                        insert into inbox_team_member (organization_id, team_id, account)
                        select organization_id, ?, account from inbox_member
                         where organization_id = ? and account = any (?)
                        """)
                .params(List.of(id, CurrentOrganization.id(), members.toArray(String[]::new)))
                .update();
        if (added != members.size()) {
            throw Problem.INVALID_FIELDS.at(
                    "/memberIds", "unknown-value", "Somebody of them never worked in the clinic's inbox");
        }
        var lines = new TreeSet<>(lineIds);
        int taken = jdbc.sql("""
                        insert into inbox_team_line (organization_id, line_id, team_id)
                        select organization_id, id, ? from whatsapp_line where organization_id = ? and id = any (?)
                        on conflict (organization_id, line_id) do update set team_id = excluded.team_id
                        """)
                .params(List.of(id, CurrentOrganization.id(), lines.toArray(UUID[]::new)))
                .update();
        if (taken != lines.size()) {
            throw Problem.INVALID_FIELDS.at("/lineIds", "unknown-value", "This clinic has no such line");
        }
        hints.changed(LiveHints.Kind.CONVERSATION, id);
    }

    private static void unlessTaken(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException refused) {
            if (Constraints.nameIn(refused).equals("inbox_team_name")) {
                throw Problem.TEAM_NAME_TAKEN.because("Choose another name");
            }
            throw refused;
        }
    }

    private static Team team(ResultSet row, int n) throws SQLException {
        return new Team(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Arrays.asList((String[]) row.getArray("members").getArray()),
                Arrays.asList((UUID[]) row.getArray("lines").getArray()),
                row.getLong("version"));
    }
}
