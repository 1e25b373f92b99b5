package app.recado.conversations;

import app.recado.conversations.InboxSettings.Routing;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives conversations that wait and are nobody's to people who are there, urgent and longest waiting ones first. It is one
 * job of a clinic, so that nobody is given more than they have room for. Nothing is given while the clinic is closed.
 */
@Component
class ConversationRouting {

    private static final int AT_ONCE = 200;

    private final InboxSettings settings;
    private final ReceptionHours hours;
    private final ConversationStore conversations;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;

    ConversationRouting(
            InboxSettings settings,
            ReceptionHours hours,
            ConversationStore conversations,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.settings = settings;
        this.hours = hours;
        this.conversations = conversations;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Gives away what somebody has room for. What is left waits for the next who is there. */
    JobResult share() {
        var now = settings.current();
        if (now.routing() == Routing.OFF) {
            return JobResult.done();
        }
        var waiting = transaction.execute(status -> waiting());
        if (waiting == null || waiting.isEmpty()) {
            return JobResult.done();
        }
        if (!hours.around(clock.instant()).open(clock.instant())) {
            return JobResult.done();
        }
        for (var id : waiting) {
            transaction.executeWithoutResult(status -> give(id, now));
        }
        return JobResult.done();
    }

    private List<UUID> waiting() {
        return jdbc.sql("""
                        select id from conversation
                         where organization_id = ? and state = 'open' and waiting_since is not null and assignee is null
                         order by priority desc, waiting_since, id limit ?
                        """)
                .params(CurrentOrganization.id(), AT_ONCE)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    private void give(UUID id, InboxSettings.Settings now) {
        var found = conversations
                .lockIfThere(id)
                .filter(one ->
                        one.state() == ConversationState.OPEN && one.waitingSince() != null && one.assignee() == null);
        if (found.isEmpty()) {
            return;
        }
        next(teamOf(id), now).ifPresent(member -> {
            found.get().assign(member, null, clock.instant());
            conversations.save(found.get());
            jdbc.sql("update inbox_member set given_at = ? where organization_id = ? and account = ?")
                    .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), member.account())
                    .update();
            metrics.counter("recado.conversations.routed").increment();
        });
    }

    private @Nullable UUID teamOf(UUID id) {
        return jdbc.sql("select team_id from conversation where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> Optional.ofNullable(row.getObject("team_id", UUID.class)))
                .single()
                .orElse(null);
    }

    /** Whose turn it is. @param team null for everybody */
    private Optional<Staff> next(@Nullable UUID team, InboxSettings.Settings now) {
        return jdbc.sql("""
                        select who.account, who.name
                          from (select m.account, m.name, m.given_at, coalesce(m.capacity, :capacity) as capacity,
                                       (select count(*) from conversation c
                                         where c.organization_id = m.organization_id and c.assignee = m.account
                                           and c.state = 'open') as load
                                  from inbox_member m
                                 where m.organization_id = :org and m.available and m.seen_at > :since
                                   and (not :inTeam or exists (
                                        select from inbox_team_member t
                                         where t.organization_id = m.organization_id and t.team_id = :team
                                           and t.account = m.account))) who
                         where who.load < who.capacity
                         order by case when :leastBusy then who.load end, who.given_at nulls first, who.account
                         limit 1
                        """)
                .param("capacity", now.capacity())
                .param("org", CurrentOrganization.id())
                .param("since", SqlTime.at(clock.instant().minus(InboxPresence.LASTS)))
                .param("inTeam", team != null)
                .param("team", team == null ? new UUID(0, 0) : team)
                .param("leastBusy", now.routing() == Routing.LEAST_BUSY)
                .query((row, n) -> new Staff(row.getString("account"), row.getString("name")))
                .optional();
    }
}
