package app.recado.bot;

import app.recado.bot.flow.FlowTurn;
import app.recado.conversations.AutomaticThreads;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What flows did in a conversation, for the people who read it: steps with causes, without anybody's words. */
@Service
@Transactional(readOnly = true)
class FlowHistory {

    private final JdbcClient jdbc;
    private final AutomaticThreads threads;

    FlowHistory(JdbcClient jdbc, AutomaticThreads threads) {
        this.jdbc = jdbc;
        this.threads = threads;
    }

    /**
     * Somebody's way through a flow.
     *
     * @param id unique within the flow
     * @param flowId which flow
     * @param flowName what staff call the flow
     * @param flowVersion the published version they went through
     * @param startedAt when it began
     * @param endedAt null while it goes on
     * @param ending why it is over; null while it goes on
     * @param steps what happened, in order
     */
    @Schema(name = "FlowSession")
    record Passed(
            UUID id,
            UUID flowId,
            @Schema(example = "Recepción por WhatsApp") String flowName,
            @Schema(example = "11") int flowVersion,
            Instant startedAt,
            @Nullable Instant endedAt,
            FlowTurn.@Nullable Ending ending,
            List<PassedStep> steps) {}

    /**
     * A step of it.
     *
     * @param kind what happened
     * @param node where in the flow; null where no node is meant
     * @param cause a code that says why or what; null when the kind says enough
     * @param inboundId the message that it followed from; null when nobody wrote
     * @param at when
     */
    @Schema(name = "FlowSessionStep")
    record PassedStep(
            FlowTurn.Kind kind,
            @Schema(example = "menu") @Nullable String node,
            @Schema(example = "book") @Nullable String cause,
            @Nullable UUID inboundId,
            Instant at) {}

    /** The newest first, the twenty latest.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    public List<Passed> of(UUID conversationId) {
        if (threads.thread(conversationId).isEmpty()) {
            throw Problem.NOT_FOUND.because("This clinic has no such conversation");
        }
        var steps = new LinkedHashMap<UUID, List<PassedStep>>();
        jdbc.sql("""
                        select t.session_id, t.kind, t.node, t.cause, t.inbound_id, t.at
                          from flow_step t
                         where t.organization_id = :org and t.session_id in (
                               select id from flow_session where organization_id = :org and conversation_id = :conversation
                                order by started_at desc limit 20)
                         order by t.session_id, t.number
                        """)
                .param("org", CurrentOrganization.id())
                .param("conversation", conversationId)
                .query(row -> {
                    steps.computeIfAbsent(row.getObject("session_id", UUID.class), id -> new ArrayList<>())
                            .add(new PassedStep(
                                    FlowTurn.Kind.of(row.getString("kind")),
                                    row.getString("node"),
                                    row.getString("cause"),
                                    row.getObject("inbound_id", UUID.class),
                                    SqlTime.instant(row, "at")));
                });
        return jdbc.sql("""
                        select s.id, s.flow_id, f.name, s.flow_version, s.started_at, s.ended_at, s.ending
                          from flow_session s
                          join flow f on f.organization_id = s.organization_id and f.id = s.flow_id
                         where s.organization_id = :org and s.conversation_id = :conversation
                         order by s.started_at desc limit 20
                        """)
                .param("org", CurrentOrganization.id())
                .param("conversation", conversationId)
                .query((row, n) -> new Passed(
                        row.getObject("id", UUID.class),
                        row.getObject("flow_id", UUID.class),
                        row.getString("name"),
                        row.getInt("flow_version"),
                        SqlTime.instant(row, "started_at"),
                        SqlTime.instantOrNull(row, "ended_at"),
                        row.getString("ending") instanceof String ending ? FlowTurn.Ending.of(ending) : null,
                        steps.getOrDefault(row.getObject("id", UUID.class), List.of())))
                .list();
    }
}
