package app.recado.bot;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How many people pass which node of a flow and where they stop, counted from what happened in their sessions. */
@Service
@Transactional(readOnly = true)
class FlowFigures {

    private final Flows flows;
    private final JdbcClient jdbc;
    private final Clock clock;

    FlowFigures(Flows flows, JdbcClient jdbc, Clock clock) {
        this.flows = flows;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What happened in a flow, whatever version.
     *
     * @param days so many days back, in sessions that began then
     * @param sessions how many began
     * @param completed of these, how many came to an end of the flow
     * @param nodes those that somebody reached
     */
    @Schema(name = "FlowFigures")
    record Figures(
            @Schema(example = "30") int days,
            @Schema(example = "1240") int sessions,
            @Schema(example = "1021") int completed,
            List<OfNode> nodes) {}

    /**
     * What happened at a node; each session counts once.
     *
     * @param node which
     * @param reached how many sessions came to it
     * @param unanswered how many ended there because nobody answered
     * @param notUnderstood how many went to a person there without asking for one
     * @param ways where they went from there
     */
    @Schema(name = "FlowNodeFigures")
    record OfNode(
            @Schema(example = "menu") String node,
            @Schema(example = "1203") int reached,
            @Schema(example = "42") int unanswered,
            @Schema(example = "61") int notUnderstood,
            List<Way> ways) {}

    /**
     * A way out of a node that was taken.
     *
     * @param way an option's id, {@code yes} and {@code no} of a condition, {@code otherwise} of an action, else what was
     *     answered, or {@code next}
     * @param to the node it led to
     * @param sessions how many took it
     */
    @Schema(name = "FlowWayFigures")
    record Way(
            @Schema(example = "book") String way,
            @Schema(example = "known") String to,
            @Schema(example = "590") int sessions) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    public Figures of(UUID id, int days) {
        flows.get(id);
        var since = SqlTime.at(clock.instant().minus(Duration.ofDays(days)));
        var ways = new LinkedHashMap<String, List<Way>>();
        jdbc.sql("""
                        select node, way, next_node, count(distinct session_id) as sessions
                          from (select t.session_id, t.node, lead(t.node) over (partition by t.session_id order by t.number) as next_node,
                                       case t.kind when 'heard' then t.cause when 'branched' then t.cause
                                                   when 'not-done' then 'otherwise' else 'next' end as way
                                  from flow_step t
                                  join flow_session s on s.organization_id = t.organization_id and s.id = t.session_id
                                 where t.organization_id = :org and s.flow_id = :flow and s.started_at >= :since
                                   and t.node is not null) passed
                         where next_node <> node and way is not null
                         group by node, way, next_node order by node, way, next_node
                        """)
                .param("org", CurrentOrganization.id())
                .param("flow", id)
                .param("since", since)
                .query(row -> {
                    ways.computeIfAbsent(row.getString("node"), node -> new ArrayList<>())
                            .add(new Way(row.getString("way"), row.getString("next_node"), row.getInt("sessions")));
                });
        var nodes = jdbc.sql("""
                        select t.node, count(distinct t.session_id) as reached,
                               count(distinct t.session_id) filter (where t.kind = 'ended' and s.ending = 'timed-out') as unanswered,
                               count(distinct t.session_id) filter (where t.kind = 'handed-over' and t.cause <> 'asked') as lost
                          from flow_step t
                          join flow_session s on s.organization_id = t.organization_id and s.id = t.session_id
                         where t.organization_id = :org and s.flow_id = :flow and s.started_at >= :since and t.node is not null
                         group by t.node order by reached desc, t.node
                        """)
                .param("org", CurrentOrganization.id())
                .param("flow", id)
                .param("since", since)
                .query((row, n) -> new OfNode(
                        row.getString("node"),
                        row.getInt("reached"),
                        row.getInt("unanswered"),
                        row.getInt("lost"),
                        ways.getOrDefault(row.getString("node"), List.of())))
                .list();
        return jdbc.sql("""
                        select count(*) as sessions, count(*) filter (where ending = 'completed') as completed
                          from flow_session where organization_id = ? and flow_id = ? and started_at >= ?
                        """)
                .params(CurrentOrganization.id(), id, since)
                .query((row, n) -> new Figures(days, row.getInt("sessions"), row.getInt("completed"), nodes))
                .single();
    }
}
