package app.recado.bot;

import app.recado.bot.StarterFlows.Starter;
import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowFaults;
import app.recado.bot.flow.FlowFaults.Fault;
import app.recado.bot.flow.FlowNode;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.Versioned;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.messaging.AutomaticReplies;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic's people do with flows: write drafts, publish them, take them out of use. */
@Service
@Transactional
class Flows {

    private static final String SELECT = """
            select f.id, f.name, f.state, f.draft, f.published_version, v.document as published, v.published_at, v.published_by,
                   f.updated_at, f.updated_by, f.version
              from flow f
              left join flow_version v on v.organization_id = f.organization_id and v.flow_id = f.id
                   and v.number = f.published_version
             where f.organization_id = :org
            """;

    private final JdbcClient jdbc;
    /** Who wrote the flows with which a clinic begins. */
    private static final String BY_RECADO = "recado";

    private final AutomaticReplies replies;
    private final LiveHints hints;
    private final Clock clock;

    Flows(JdbcClient jdbc, AutomaticReplies replies, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.replies = replies;
        this.hints = hints;
        this.clock = clock;
    }

    /** Whether a flow is in use or may be. */
    @Schema(name = "FlowUse")
    enum Use {
        ACTIVE,
        /** It answers nobody; sessions that are under way finish. */
        ARCHIVED;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A flow.
     *
     * @param id unique within the flow
     * @param name by which it is known
     * @param state whether it is in use
     * @param publishedVersion which version answers; null while none does
     * @param publishedAt since when; null while none does
     * @param publishedBy who published it; null while none does
     * @param draft what is being written; null when nothing was changed since it was published
     * @param published what answers; null while nothing does
     * @param faults what stands in the way of publishing the draft, or what the published one is remarked for
     * @param updatedAt when it was written last
     * @param updatedBy who wrote it last, as they are called
     * @param version version
     */
    @Schema(name = "Flow")
    record Flow(
            UUID id,
            @Schema(example = "Recepción por WhatsApp") String name,
            Use state,
            @Schema(example = "11") @Nullable Integer publishedVersion,
            @Nullable Instant publishedAt,
            @Schema(example = "Andrea Molina") @Nullable String publishedBy,
            @Nullable FlowDocument draft,
            @Nullable FlowDocument published,
            List<Fault> faults,
            Instant updatedAt,
            @Schema(example = "Andrea Molina") String updatedBy,
            long version)
            implements Versioned {}

    /**
     * A version that was published.
     *
     * @param number counted from 1
     * @param publishedAt when it was published
     * @param publishedBy who published it
     * @param document what it says
     */
    @Schema(name = "FlowVersion")
    record Version(
            @Schema(example = "11") int number,
            Instant publishedAt,
            @Schema(example = "Andrea Molina") String publishedBy,
            FlowDocument document) {}

    /** The oldest first: of two that a message begins, the older one answers. */
    @Transactional(readOnly = true)
    public List<Flow> list() {
        return jdbc.sql(SELECT + " order by f.id limit 200")
                .param("org", CurrentOrganization.id())
                .query(Flows::read)
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Flow get(UUID id) {
        return find(id);
    }

    private Flow find(UUID id) {
        return jdbc.sql(SELECT + " and f.id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(Flows::read)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such flow"));
    }

    private Flow locked(UUID id, ExpectedVersion expected) {
        jdbc.sql("select 1 from flow where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> n)
                .list();
        var flow = find(id);
        expected.mustBe(flow.version());
        return flow;
    }

    /** Keeps a new draft; it answers nobody before it is published. */
    public Flow add(String name, FlowDocument draft) {
        return add(name, draft, by());
    }

    /** The drafts with which a clinic begins; nothing where it has flows already. */
    public void addToNew(List<Starter> starters) {
        boolean hasFlows = jdbc.sql("select exists (select from flow where organization_id = ?)")
                .param(CurrentOrganization.id())
                .query(Boolean.class)
                .single();
        if (!hasFlows) {
            starters.forEach(starter -> add(starter.name(), starter.document(), BY_RECADO));
        }
    }

    private Flow add(String name, FlowDocument draft, String by) {
        var id = Ids.next();
        var now = SqlTime.at(clock.instant());
        jdbc.sql("""
                        insert into flow (organization_id, id, name, draft, state, created_at, created_by, updated_at, updated_by)
                        values (?, ?, ?, ?::jsonb, 'active', ?, ?, ?, ?)
                        """)
                .params(CurrentOrganization.id(), id, name.strip(), FlowJson.text(draft), now, by, now, by)
                .update();
        keepFiles(draft);
        hints.changed(LiveHints.Kind.FLOW, id);
        return find(id);
    }

    /** Replaces the draft. What is published goes on as it is.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code flow-not-in-that-state} */
    public Flow change(UUID id, ExpectedVersion expected, String name, FlowDocument draft) {
        requireActive(locked(id, expected));
        update(
                id,
                "name = :name, draft = cast(:draft as jsonb)",
                values -> values.param("name", name.strip()).param("draft", FlowJson.text(draft)));
        keepFiles(draft);
        return find(id);
    }

    /** What a version once sends it sends as long as it is there, however old the file is. */
    private void keepFiles(FlowDocument draft) {
        var files = draft.nodes().stream()
                .flatMap(node -> node instanceof FlowNode.Action action ? action.files().stream() : Stream.empty())
                .map(FlowNode.SentFile::mediaId)
                .distinct()
                .toList();
        if (!files.isEmpty()) {
            replies.keepFiles(files);
        }
    }

    /**
     * The draft answers from now on. Sessions under way finish on the version they began with.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code flow-not-in-that-state} without a
     *     draft, {@code flow-has-faults}
     */
    public Flow publish(UUID id, ExpectedVersion expected) {
        var flow = locked(id, expected);
        requireActive(flow);
        var draft = flow.draft();
        if (draft == null) {
            throw Problem.FLOW_NOT_IN_THAT_STATE.because("Nothing was changed since it was published");
        }
        if (FlowFaults.of(draft).stream().anyMatch(fault -> !fault.warning())) {
            throw Problem.FLOW_HAS_FAULTS.because("Put right what the flow's faults name, then publish");
        }
        int number = jdbc.sql("""
                        insert into flow_version (organization_id, flow_id, number, document, published_at, published_by)
                        select f.organization_id, f.id,
                               1 + coalesce((select max(v.number) from flow_version v
                                              where v.organization_id = f.organization_id and v.flow_id = f.id), 0),
                               f.draft, ?, ?
                          from flow f where f.organization_id = ? and f.id = ?
                        returning number
                        """)
                .params(SqlTime.at(clock.instant()), by(), CurrentOrganization.id(), id)
                .query(Integer.class)
                .single();
        update(id, "draft = null, published_version = :number", values -> values.param("number", number));
        return find(id);
    }

    /** It answers nobody any more; what was published last becomes the draft.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code flow-not-in-that-state} */
    public Flow archive(UUID id, ExpectedVersion expected) {
        var flow = locked(id, expected);
        requireActive(flow);
        update(
                id,
                "state = 'archived', published_version = null, draft = coalesce(draft, cast(:published as jsonb))",
                values -> values.param("published", flow.published() == null ? null : FlowJson.text(flow.published())));
        return find(id);
    }

    /** It may be written and published again.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code flow-not-in-that-state} */
    public Flow restore(UUID id, ExpectedVersion expected) {
        if (locked(id, expected).state() != Use.ARCHIVED) {
            throw Problem.FLOW_NOT_IN_THAT_STATE.because("The flow is not archived");
        }
        update(id, "state = 'active'", values -> values);
        return find(id);
    }

    /** The newest first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public List<Version> versions(UUID id) {
        find(id);
        return jdbc.sql("""
                        select number, published_at, published_by, document from flow_version
                         where organization_id = ? and flow_id = ? order by number desc limit 50
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Version(
                        row.getInt("number"),
                        SqlTime.instant(row, "published_at"),
                        row.getString("published_by"),
                        FlowJson.document(row.getString("document"))))
                .list();
    }

    /** Whether nobody of the clinic has written a flow or published one of those with which it began. */
    @Transactional(readOnly = true)
    public boolean isEmpty() {
        return !jdbc.sql("""
                        select exists (select from flow
                                        where organization_id = ? and not (created_by = ? and version = 0))
                        """)
                .params(CurrentOrganization.id(), BY_RECADO)
                .query(Boolean.class)
                .single();
    }

    private void update(UUID id, String what, UnaryOperator<JdbcClient.StatementSpec> bind) {
        bind.apply(jdbc.sql("update flow set " + what + """
                        , updated_at = :now, updated_by = :by, version = version + 1
                         where organization_id = :org and id = :id
                        """))
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by())
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        hints.changed(LiveHints.Kind.FLOW, id);
    }

    private static void requireActive(Flow flow) {
        if (flow.state() != Use.ACTIVE) {
            throw Problem.FLOW_NOT_IN_THAT_STATE.because("The flow is archived");
        }
    }

    private static String by() {
        var caller = Caller.current();
        return Objects.requireNonNullElse(caller.name(), caller.subject());
    }

    private static Flow read(ResultSet row, int n) throws SQLException {
        var draft = row.getString("draft") instanceof String json ? FlowJson.document(json) : null;
        var published = row.getString("published") instanceof String json ? FlowJson.document(json) : null;
        var shown = draft == null ? published : draft;
        return new Flow(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Use.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("published_version", Integer.class),
                SqlTime.instantOrNull(row, "published_at"),
                row.getString("published_by"),
                draft,
                published,
                shown == null ? List.of() : FlowFaults.of(shown),
                SqlTime.instant(row, "updated_at"),
                row.getString("updated_by"),
                row.getLong("version"));
    }
}
