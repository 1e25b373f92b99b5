package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The people of the clinic who work with conversations, by the name under which they signed in last. Whoever opened one is
 * among them; the identity server is not asked for every name on a screen.
 */
@Repository
@Transactional
class InboxMembers {

    private final JdbcClient jdbc;
    private final Clock clock;

    InboxMembers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Somebody who can be given a conversation or be mentioned.
     *
     * @param memberId their account
     * @param you whether that is the caller
     * @param available whether they take conversations at the moment
     * @param open how many open conversations they have
     */
    @Schema(name = "InboxMember")
    record Member(String memberId, String name, boolean you, boolean available, int open) {}

    /** Somebody was seen at work. */
    public void seen(Staff staff) {
        jdbc.sql("""
                        insert into inbox_member (organization_id, account, name) values (?, ?, ?)
                        on conflict (organization_id, account) do update set name = excluded.name
                         where inbox_member.name <> excluded.name
                        """)
                .params(CurrentOrganization.id(), staff.account(), staff.name())
                .update();
    }

    @Transactional(readOnly = true)
    public Optional<Staff> find(String account) {
        return jdbc.sql("select name from inbox_member where organization_id = ? and account = ?")
                .params(CurrentOrganization.id(), account)
                .query((row, n) -> new Staff(account, row.getString("name")))
                .optional();
    }

    /** By name. */
    @Transactional(readOnly = true)
    public List<Member> list(String caller) {
        return jdbc.sql("""
                        select m.account, m.name, m.available and m.seen_at > ? as available,
                               (select count(*) from conversation c
                                 where c.organization_id = m.organization_id and c.assignee = m.account
                                   and c.state = 'open') as open
                          from inbox_member m where m.organization_id = ? order by lower(m.name), m.account
                        """)
                .params(SqlTime.at(clock.instant().minus(InboxPresence.LASTS)), CurrentOrganization.id())
                .query((row, n) -> new Member(
                        row.getString("account"),
                        row.getString("name"),
                        row.getString("account").equals(caller),
                        row.getBoolean("available"),
                        row.getInt("open")))
                .list();
    }
}
