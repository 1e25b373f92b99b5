package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who takes conversations now: whoever said so, for as long as their console is open. */
@Component
@Transactional
class InboxPresence {

    /** A console says it again every minute. */
    static final Duration LASTS = Duration.ofMinutes(3);

    private final InboxMembers members;
    private final WaitingConversations waiting;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    InboxPresence(InboxMembers members, WaitingConversations waiting, JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.members = members;
        this.waiting = waiting;
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /** Somebody is there. Whatever waits is shared out when they take conversations. */
    public void says(Staff staff, boolean available) {
        members.seen(staff);
        var before = jdbc.sql("select available from inbox_member where organization_id = ? and account = ? for update")
                .params(CurrentOrganization.id(), staff.account())
                .query((row, n) -> row.getBoolean(1))
                .optional();
        jdbc.sql("update inbox_member set available = ?, seen_at = ? where organization_id = ? and account = ?")
                .params(available, SqlTime.at(clock.instant()), CurrentOrganization.id(), staff.account())
                .update();
        if (!Optional.of(available).equals(before)) {
            hints.changed(LiveHints.Kind.CONVERSATION, CurrentOrganization.id());
        }
        if (available && somebodyWaits()) {
            waiting.shareOut();
        }
    }

    private boolean somebodyWaits() {
        return jdbc.sql("""
                        select exists (select from conversation
                                        where organization_id = ? and state = 'open' and waiting_since is not null
                                          and assignee is null)
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
