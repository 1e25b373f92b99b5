package app.recado.bot;

import app.recado.bot.AssistantContext.Gathered;
import app.recado.bot.assistant.AssistantResult.Usage;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The row of each message that the assistant goes on with: who answers it now, and what came of it. It holds ids, counts and
 * causes; words stand in the conversation alone and go with it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AssistantLog {

    /** Longer than any turn may take; then its process is dead. */
    private static final Duration CLAIMED = Duration.ofMinutes(3);

    private static final String WAITS = "(t.state = 'waiting' or t.state = 'asking' and t.claimed_until <= :now)";
    private static final String OF_THREAD = """
             from assistant_turn t
             join inbound_message i on i.organization_id = t.organization_id and i.id = t.inbound_id
            where t.organization_id = :org and i.contact_id = :contact and i.line_id = :line
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    AssistantLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void take(UUID inboundId, Instant now) {
        jdbc.sql("""
                        insert into assistant_turn (organization_id, inbound_id, state, taken_at) values (?, ?, 'waiting', ?)
                        on conflict (organization_id, inbound_id) do nothing
                        """)
                .params(CurrentOrganization.id(), inboundId, SqlTime.at(now))
                .update();
    }

    /** Whether nobody answers it yet, nor did. */
    public boolean waits(UUID inboundId) {
        return jdbc.sql(
                        "select exists (select from assistant_turn t where t.organization_id = :org and t.inbound_id = :id and "
                                + WAITS + ")")
                .param("org", CurrentOrganization.id())
                .param("id", inboundId)
                .param("now", SqlTime.at(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** Whether it is not answered. */
    public boolean open(UUID inboundId) {
        return jdbc.sql("""
                        select exists (select from assistant_turn
                                        where organization_id = ? and inbound_id = ? and state <> 'done')
                        """)
                .params(CurrentOrganization.id(), inboundId)
                .query(Boolean.class)
                .single();
    }

    /** Whether a model is being asked in a conversation. */
    public boolean asking(UUID contactId, UUID lineId, Instant now) {
        return jdbc.sql("select exists (select 1 " + OF_THREAD + " and t.state = 'asking' and t.claimed_until > :now)")
                .param("org", CurrentOrganization.id())
                .param("contact", contactId)
                .param("line", lineId)
                .param("now", SqlTime.at(now))
                .query(Boolean.class)
                .single();
    }

    /** What is not answered in a conversation, in its order. */
    public List<UUID> waiting(UUID contactId, UUID lineId) {
        return jdbc.sql("select t.inbound_id " + OF_THREAD + " and " + WAITS
                        + " order by i.sent_at, i.id for update of t")
                .param("org", CurrentOrganization.id())
                .param("contact", contactId)
                .param("line", lineId)
                .param("now", SqlTime.at(clock.instant()))
                .query((row, n) -> row.getObject("inbound_id", UUID.class))
                .list();
    }

    /** From now on this process answers them. */
    public UUID claim(List<UUID> inboundIds, Instant now) {
        var claim = Ids.next();
        jdbc.sql("""
                        update assistant_turn set state = 'asking', claim = ?, claimed_until = ?
                         where organization_id = ? and inbound_id = any (?)
                        """)
                .param(claim)
                .param(SqlTime.at(now.plus(CLAIMED)))
                .param(CurrentOrganization.id())
                .param(inboundIds.toArray(UUID[]::new))
                .update();
        return claim;
    }

    /** Whether a claim still holds. Messages that are gone meanwhile do not matter. */
    public boolean holds(UUID claim) {
        return !jdbc.sql("""
                        select inbound_id from assistant_turn
                         where organization_id = ? and claim = ? and state = 'asking' for update
                        """)
                .params(CurrentOrganization.id(), claim)
                .query((row, n) -> row.getObject("inbound_id", UUID.class))
                .list()
                .isEmpty();
    }

    public void release(List<UUID> inboundIds) {
        jdbc.sql("""
                        update assistant_turn set state = 'waiting', claim = null, claimed_until = null
                         where organization_id = ? and inbound_id = any (?)
                        """)
                .param(CurrentOrganization.id())
                .param(inboundIds.toArray(UUID[]::new))
                .update();
    }

    /** What a model is given. */
    public void given(UUID inboundId, String model, Gathered gathered) {
        var input = gathered.input();
        jdbc.sql("""
                        update assistant_turn
                           set model = ?, facts_given = ?, lines_given = ?, visits_given = ?, notice_id = ?
                         where organization_id = ? and inbound_id = ?
                        """)
                .param(model)
                .param(input.facts().stream().map(fact -> fact.id()).toArray(UUID[]::new))
                .param(input.history().size())
                .param(input.visits().size())
                .param(gathered.noticeId())
                .param(CurrentOrganization.id())
                .param(inboundId)
                .update();
    }

    public void cited(UUID inboundId, List<UUID> facts) {
        jdbc.sql("update assistant_turn set facts_cited = ? where organization_id = ? and inbound_id = ?")
                .param(facts.toArray(UUID[]::new))
                .param(CurrentOrganization.id())
                .param(inboundId)
                .update();
    }

    /** What an attempt took, added to those before it. */
    public void used(UUID inboundId, Usage usage, long costMicros) {
        jdbc.sql("""
                        update assistant_turn
                           set tools = tools || cast(? as text[]), calls = calls + ?, input_tokens = input_tokens + ?,
                               output_tokens = output_tokens + ?, cost_micros = cost_micros + ?, millis = millis + ?
                         where organization_id = ? and inbound_id = ?
                        """)
                .param(usage.tools().stream()
                        .map(one -> one.tool() + ":" + one.outcome())
                        .toArray(String[]::new))
                .param(usage.calls())
                .param(usage.inputTokens())
                .param(usage.outputTokens())
                .param(costMicros)
                .param(usage.millis())
                .param(CurrentOrganization.id())
                .param(inboundId)
                .update();
    }

    /** What came of it; those that were answered together say so. */
    public void done(List<UUID> inboundIds, UUID last, String outcome, @Nullable String cause, Instant now) {
        jdbc.sql("""
                        update assistant_turn
                           set state = 'done', claim = null, claimed_until = null, done_at = :now,
                               outcome = case when inbound_id = :last then :outcome else 'together' end,
                               cause = case when inbound_id = :last then cast(:cause as text) end
                         where organization_id = :org and inbound_id = any (:ids)
                        """)
                .param("now", SqlTime.at(now))
                .param("last", last)
                .param("outcome", outcome)
                .param("cause", cause)
                .param("org", CurrentOrganization.id())
                .param("ids", inboundIds.toArray(UUID[]::new))
                .update();
    }

    /** How many messages of somebody it took since then. */
    public int taken(UUID contactId, Instant since) {
        return count("t.taken_at > :since", contactId, since, "");
    }

    /** How many messages of a line it took since then, of all patients together. */
    public int takenOnLine(UUID lineId, Instant since) {
        return jdbc.sql("""
                        select count(*)::integer
                          from assistant_turn t
                          join inbound_message i on i.organization_id = t.organization_id and i.id = t.inbound_id
                         where t.organization_id = ? and t.taken_at > ? and i.line_id = ?
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(since), lineId)
                .query(Integer.class)
                .single();
    }

    /** How many of somebody's messages came to this. */
    public int countOf(String outcome, UUID contactId, Instant since) {
        return count("t.taken_at > :since and t.outcome = :outcome", contactId, since, outcome);
    }

    private int count(String condition, UUID contactId, Instant since, String outcome) {
        return jdbc.sql("""
                        select count(*)::integer
                          from assistant_turn t
                          join inbound_message i on i.organization_id = t.organization_id and i.id = t.inbound_id
                         where t.organization_id = :org and i.contact_id = :contact and
                        """ + " " + condition)
                .param("org", CurrentOrganization.id())
                .param("contact", contactId)
                .param("since", SqlTime.at(since))
                .param("outcome", outcome)
                .query(Integer.class)
                .single();
    }

    /** What the clinic's turns cost since then, in millionths of a US dollar. */
    public long spentToday(Instant since) {
        return jdbc.sql("""
                        select coalesce(sum(cost_micros), 0)::bigint from assistant_turn
                         where organization_id = ? and taken_at >= ?
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(since))
                .query(Long.class)
                .single();
    }

    /** Notes that somebody was told to wait. @return false when they had been told already and still wait */
    public boolean waitingTold(UUID contactId, UUID lineId, Instant now) {
        boolean told = jdbc.sql("select exists (select 1 " + OF_THREAD
                        + " and t.state <> 'done' and t.waiting_told_at is not null)")
                .param("org", CurrentOrganization.id())
                .param("contact", contactId)
                .param("line", lineId)
                .query(Boolean.class)
                .single();
        jdbc.sql(
                        "update assistant_turn set waiting_told_at = :now where organization_id = :org and waiting_told_at is null"
                                + " and state <> 'done' and inbound_id in (select t.inbound_id " + OF_THREAD + ")")
                .param("org", CurrentOrganization.id())
                .param("contact", contactId)
                .param("line", lineId)
                .param("now", SqlTime.at(now))
                .update();
        return !told;
    }
}
