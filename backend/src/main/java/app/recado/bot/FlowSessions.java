package app.recado.bot;

import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowState;
import app.recado.bot.flow.FlowTurn;
import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.bot.flow.FlowTurn.Step;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who goes through which flow, and what happened on the way; part of the caller's transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class FlowSessions {

    private static final String COLUMNS =
            "id, conversation_id, flow_id, flow_version, language, memory, answer_until, close_at, steps";

    private final JdbcClient jdbc;
    private final Clock clock;

    FlowSessions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Somebody who goes through a flow.
     *
     * @param version the published one it began with and finishes on
     * @param answerUntil whoever answers at or after this begins anew
     * @param closeAt when it says goodbye
     * @param steps how many there are so far
     */
    record Session(
            UUID id,
            UUID conversationId,
            UUID flowId,
            int version,
            String language,
            FlowState memory,
            Instant answerUntil,
            Instant closeAt,
            int steps) {
        @Override
        public String toString() {
            return "Session[id=" + id + "]";
        }
    }

    /** Nothing of this conversation is worked on elsewhere until the transaction ends. Taken before any other lock. */
    public void hold(UUID conversationId) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || '/flow/' || ?, 0))")
                .params(CurrentOrganization.id().toString(), conversationId.toString())
                .query((row, n) -> n)
                .list();
    }

    /** The one that goes on in a conversation. */
    public Optional<Session> running(UUID conversationId) {
        return jdbc.sql("select " + COLUMNS + """
                         from flow_session where organization_id = ? and conversation_id = ? and state = 'running'
                        """)
                .params(CurrentOrganization.id(), conversationId)
                .query(FlowSessions::session)
                .optional();
    }

    /** The one that goes on between a contact and a line. */
    public Optional<Session> running(UUID contactId, UUID lineId) {
        return jdbc.sql("select " + COLUMNS + """
                         from flow_session where organization_id = ? and state = 'running' and conversation_id in (
                               select id from conversation where organization_id = ? and contact_id = ? and line_id = ?)
                        """)
                .params(CurrentOrganization.id(), CurrentOrganization.id(), contactId, lineId)
                .query(FlowSessions::session)
                .optional();
    }

    /** Empty once it is over. */
    public Optional<Session> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + """
                         from flow_session where organization_id = ? and id = ? and state = 'running'
                        """)
                .params(CurrentOrganization.id(), id)
                .query(FlowSessions::session)
                .optional();
    }

    /** Begins one, which has to be kept in the same transaction. */
    public Session begin(UUID conversationId, UUID flowId, int version, String language, FlowDocument document) {
        var id = Ids.next();
        var now = SqlTime.at(clock.instant());
        var nowhere = new FlowState(document.start(), 0, List.of(), Map.of(), null);
        jdbc.sql("""
                        insert into flow_session (organization_id, id, conversation_id, flow_id, flow_version, language, state,
                                                  memory, answer_until, close_at, steps, started_at, last_at)
                        values (?, ?, ?, ?, ?, ?, 'running', ?::jsonb, ?, ?, 0, ?, ?)
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        conversationId,
                        flowId,
                        version,
                        language,
                        FlowJson.text(nowhere),
                        now,
                        now,
                        now,
                        now)
                .update();
        return find(id).orElseThrow();
    }

    /**
     * Keeps what a turn came to.
     *
     * @param inboundId the message that was answered
     * @return when it says goodbye; null when it is over
     */
    public @Nullable Instant keep(Session session, FlowDocument.Rules rules, FlowTurn turn, UUID inboundId) {
        steps(session, turn.steps(), inboundId);
        var ending = turn.ending();
        var state = turn.state();
        if (ending != null || state == null) {
            end(session.id(), session.steps() + turn.steps().size(), ending == null ? Ending.LEFT : ending);
            return null;
        }
        var now = clock.instant();
        var closeAt = now.plusSeconds(rules.closeSeconds());
        jdbc.sql("""
                        update flow_session set memory = ?::jsonb, answer_until = ?, close_at = ?, steps = ?, last_at = ?
                         where organization_id = ? and id = ?
                        """)
                .params(
                        FlowJson.text(state),
                        SqlTime.at(now.plusSeconds(rules.answerSeconds())),
                        SqlTime.at(closeAt),
                        session.steps() + turn.steps().size(),
                        SqlTime.at(now),
                        CurrentOrganization.id(),
                        session.id())
                .update();
        return closeAt;
    }

    /** It is over without a turn. @param cause a code that says why */
    public void end(Session session, Ending how, String cause) {
        steps(session, List.of(new Step(FlowTurn.Kind.ENDED, session.memory().node(), cause)), null);
        end(session.id(), session.steps() + 1, how);
    }

    private void end(UUID id, int steps, Ending how) {
        var now = SqlTime.at(clock.instant());
        jdbc.sql("""
                        update flow_session
                           set state = 'ended', ending = ?, ended_at = ?, last_at = ?, memory = null, answer_until = null,
                               close_at = null, steps = ?
                         where organization_id = ? and id = ?
                        """)
                .params(how.wireName(), now, now, steps, CurrentOrganization.id(), id)
                .update();
    }

    private void steps(Session session, List<Step> steps, @Nullable UUID inboundId) {
        int number = session.steps();
        for (var step : steps) {
            jdbc.sql("""
                            insert into flow_step (organization_id, session_id, number, kind, node, cause, inbound_id, at)
                            values (?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .param(CurrentOrganization.id())
                    .param(session.id())
                    .param(++number)
                    .param(step.kind().wireName())
                    .param(step.node())
                    .param(step.cause())
                    .param(inboundId)
                    .param(SqlTime.at(clock.instant()))
                    .update();
        }
    }

    private static Session session(ResultSet row, int n) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                row.getObject("flow_id", UUID.class),
                row.getInt("flow_version"),
                row.getString("language"),
                FlowJson.state(row.getString("memory")),
                SqlTime.instant(row, "answer_until"),
                SqlTime.instant(row, "close_at"),
                row.getInt("steps"));
    }
}
