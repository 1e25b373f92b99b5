package app.recado.bot;

import app.recado.conversations.AutomaticThreads;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the assistant did, for the people who answer for it. It names conversations and shows nobody's words. */
@Repository
@Transactional
class AssistantTurnViews {

    private static final String LIST = "assistant-turns";

    private static final String COLUMNS = """
            select t.inbound_id, c.id as conversation_id, t.taken_at, t.done_at, t.outcome, t.cause, t.model, t.facts_given,
                   t.facts_cited, t.lines_given, t.visits_given, t.notice_id is not null as noticed, t.tools, t.calls,
                   t.input_tokens, t.output_tokens, t.cost_micros, t.millis, t.waiting_told_at is not null as told, t.verdict,
                   t.verdict_by
              from assistant_turn t
              join inbound_message i on i.organization_id = t.organization_id and i.id = t.inbound_id
              join conversation c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
                   and c.line_id = i.line_id
             where t.organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final AutomaticThreads threads;
    private final Clock clock;

    AssistantTurnViews(JdbcClient jdbc, Cursors cursors, AutomaticThreads threads, Clock clock) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.threads = threads;
        this.clock = clock;
    }

    /** What staff think of an answer. */
    @Schema(name = "AssistantVerdict")
    enum Verdict {
        @JsonProperty("up")
        UP,
        @JsonProperty("down")
        DOWN;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the assistant did with a message.
     *
     * @param id the message
     * @param conversationId where it stands, with what was answered
     * @param takenAt when it came
     * @param doneAt when it was done; null while it waits
     * @param outcome {@code answered, proposed, acted, declined, not-possible, off-topic, refused, handed-over, withheld,
     *     emergency, symptom, abuse, media, limit, blocked, flow, fallback, left} or {@code together} with a later one; null while it
     *     waits
     * @param cause a code that says more; null when the outcome says enough
     * @param model which model was asked; null when none was
     * @param factsGiven the facts that the model read
     * @param factsCited the facts that its answer rests on
     * @param linesGiven how many lines of the conversation it read
     * @param visitsGiven how many visits of the patient it read
     * @param notificationGiven whether it read the last notification
     * @param tools what it called, each with what came of it
     * @param calls how often the model was asked
     * @param inputTokens what it read
     * @param outputTokens what it wrote
     * @param costMicros what that cost, in millionths of a US dollar
     * @param millis how long it took
     * @param waitingTold whether the patient was told to wait
     * @param verdict what staff think of it; null for nothing
     * @param verdictBy who thinks so; null for nobody
     */
    @Schema(name = "AssistantTurn")
    record TurnView(
            UUID id,
            UUID conversationId,
            Instant takenAt,
            @Nullable Instant doneAt,
            @Schema(example = "answered") @Nullable String outcome,
            @Schema(example = "unknown-price") @Nullable String cause,
            @Schema(example = "gpt-5-mini") @Nullable String model,
            List<UUID> factsGiven,
            List<UUID> factsCited,
            @Schema(example = "6") int linesGiven,
            @Schema(example = "1") int visitsGiven,
            boolean notificationGiven,
            List<String> tools,
            @Schema(example = "2") int calls,
            @Schema(example = "1800") long inputTokens,
            @Schema(example = "60") long outputTokens,
            @Schema(example = "570") long costMicros,
            @Schema(example = "2100") long millis,
            boolean waitingTold,
            @Nullable Verdict verdict,
            @Schema(example = "andrea") @Nullable String verdictBy) {}

    /** The newest first.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-cursor} */
    @Transactional(readOnly = true)
    public Page<TurnView> list(int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var found = jdbc.sql(
                        COLUMNS
                                + " and (t.taken_at, t.inbound_id) < (:at, :id) order by t.taken_at desc, t.inbound_id desc limit :limit")
                .param("org", CurrentOrganization.id())
                .param(
                        "at",
                        SqlTime.at(
                                after == null
                                        ? Instant.parse("9999-01-01T00:00:00Z")
                                        : Instant.parse(after.getFirst())))
                .param("id", after == null ? new UUID(-1, -1) : UUID.fromString(after.getLast()))
                .param("limit", limit + 1)
                .query(AssistantTurnViews::view)
                .list();
        return Page.of(
                found,
                limit,
                last -> cursors.seal(LIST, last.takenAt().toString(), last.id().toString()));
    }

    /** So many fit beside a conversation. */
    private static final int BESIDE = 30;

    /** Those of a conversation, the newest first; a few of them where there are many.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public List<TurnView> ofConversation(UUID conversationId) {
        if (threads.thread(conversationId).isEmpty()) {
            throw Problem.NOT_FOUND.because("This clinic has no such conversation");
        }
        return jdbc.sql(COLUMNS + " and c.id = :id order by t.taken_at desc, t.inbound_id desc limit :limit")
                .param("org", CurrentOrganization.id())
                .param("id", conversationId)
                .param("limit", BESIDE)
                .query(AssistantTurnViews::view)
                .list();
    }

    /** Says what staff think of an answer; saying it again replaces it.
     *
     * @param verdict null to take it back
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    public TurnView judge(UUID id, @Nullable Verdict verdict) {
        int changed = jdbc.sql("""
                        update assistant_turn
                           set verdict = cast(:verdict as text),
                               verdict_by = case when cast(:verdict as text) is not null then :by end,
                               verdict_at = case when cast(:verdict as text) is not null then cast(:now as timestamptz) end
                         where organization_id = :org and inbound_id = :id
                        """)
                .param("verdict", verdict == null ? null : verdict.wireName())
                .param("by", Caller.current().subject())
                .param("now", SqlTime.at(clock.instant()))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        if (changed == 0) {
            throw Problem.NOT_FOUND.because("The assistant did nothing with such a message");
        }
        return jdbc.sql(COLUMNS + " and t.inbound_id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(AssistantTurnViews::view)
                .single();
    }

    /**
     * What a span of time came to.
     *
     * @param conversations in which it did something
     * @param resolved of them, those in which no person was needed
     * @param handedOver of them, those that a person went on with
     * @param turns messages that it went on with
     * @param actions what was done in the agenda after a patient's yes
     * @param costMicros what it cost, in millionths of a US dollar
     * @param costMicrosPerConversation what a conversation cost on average; 0 for none
     * @param thumbsUp answers that staff found good
     * @param thumbsDown answers that staff found bad
     */
    @Schema(name = "AssistantFigures")
    record FiguresView(
            @Schema(example = "42") int conversations,
            @Schema(example = "31") int resolved,
            @Schema(example = "11") int handedOver,
            @Schema(example = "160") int turns,
            @Schema(example = "18") int actions,
            @Schema(example = "91000") long costMicros,
            @Schema(example = "2167") long costMicrosPerConversation,
            @Schema(example = "9") int thumbsUp,
            @Schema(example = "1") int thumbsDown) {}

    /** Of what came since then. */
    @Transactional(readOnly = true)
    public FiguresView figures(Instant since) {
        return jdbc.sql("""
                        with turns as (
                            select t.*, i.contact_id, i.line_id,
                                   t.outcome in ('handed-over', 'withheld', 'emergency', 'symptom', 'abuse', 'media', 'limit',
                                                 'blocked', 'fallback', 'left') as person
                              from assistant_turn t
                              join inbound_message i on i.organization_id = t.organization_id and i.id = t.inbound_id
                             where t.organization_id = :org and t.taken_at >= :since),
                        threads as (select contact_id, line_id, bool_or(coalesce(person, false)) as person from turns group by 1, 2)
                        select (select count(*) from threads) as conversations,
                               (select count(*) from threads where person) as handed_over,
                               count(*) as turns, count(*) filter (where outcome = 'acted') as actions,
                               coalesce(sum(cost_micros), 0)::bigint as cost, count(*) filter (where verdict = 'up') as up,
                               count(*) filter (where verdict = 'down') as down
                          from turns
                        """)
                .param("org", CurrentOrganization.id())
                .param("since", SqlTime.at(since))
                .query((row, n) -> new FiguresView(
                        row.getInt("conversations"),
                        row.getInt("conversations") - row.getInt("handed_over"),
                        row.getInt("handed_over"),
                        row.getInt("turns"),
                        row.getInt("actions"),
                        row.getLong("cost"),
                        row.getInt("conversations") == 0 ? 0 : row.getLong("cost") / row.getInt("conversations"),
                        row.getInt("up"),
                        row.getInt("down")))
                .single();
    }

    private static TurnView view(ResultSet row, int number) throws SQLException {
        return new TurnView(
                row.getObject("inbound_id", UUID.class),
                row.getObject("conversation_id", UUID.class),
                SqlTime.instant(row, "taken_at"),
                SqlTime.instantOrNull(row, "done_at"),
                row.getString("outcome"),
                row.getString("cause"),
                row.getString("model"),
                ids(row.getArray("facts_given")),
                ids(row.getArray("facts_cited")),
                row.getInt("lines_given"),
                row.getInt("visits_given"),
                row.getBoolean("noticed"),
                Arrays.asList((String[]) row.getArray("tools").getArray()),
                row.getInt("calls"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getLong("cost_micros"),
                row.getLong("millis"),
                row.getBoolean("told"),
                row.getString("verdict") instanceof String verdict
                        ? Verdict.valueOf(verdict.toUpperCase(Locale.ROOT))
                        : null,
                row.getString("verdict_by"));
    }

    private static List<UUID> ids(Array array) throws SQLException {
        return Arrays.asList((UUID[]) array.getArray());
    }
}
