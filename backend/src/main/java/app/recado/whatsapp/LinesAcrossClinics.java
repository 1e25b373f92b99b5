package app.recado.whatsapp;

import app.recado.kernel.SqlTime;
import app.recado.kernel.tenancy.WorkerDatabase;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What the worker may know of all clinics' lines: states, neither names nor numbers nor messages. */
@Repository
public class LinesAcrossClinics {

    private static final Duration SELDOM = Duration.ofMinutes(10);
    private static final Duration LONG_DOWN = Duration.ofMinutes(10);

    private final WorkerDatabase worker;

    LinesAcrossClinics(WorkerDatabase worker) {
        this.worker = worker;
    }

    /** Where a line is to be found, and how much was taken over about it so far. */
    public record Where(UUID organizationId, UUID lineId, long observation) {}

    /**
     * A line as the platform sees it.
     *
     * @param since since when it is in that state
     * @param downSince since when it does not run although it should; null while it does, or need not
     */
    public record Overview(
            UUID organizationId,
            UUID lineId,
            boolean isDefault,
            LineEngineKind engine,
            LineState state,
            String cause,
            @Nullable Instant since,
            @Nullable Instant downSince) {}

    /** Lines of the gateway that are taken for running. */
    public List<Where> atGateway() {
        return where(
                "engine = 'linked-device' and state in ('linked', 'reconnecting') and cause <> ?",
                LineStates.GATEWAY_AWAY);
    }

    /** Lines that were given up because the gateway did not answer. */
    public List<Where> givenUp() {
        return where("engine = 'linked-device' and cause = ?", LineStates.GATEWAY_AWAY);
    }

    /** Lines whose engine has yet to hear how they write. */
    public List<Where> withNewsOfTyping() {
        return where("engine = 'linked-device' and typing <> coalesce(typing_told, true)");
    }

    /**
     * Lines of direct engines that should run and are worth a look now. The big providers count every question against the
     * clinic's quota and tell of trouble when something is sent, so they are asked seldom while all is well.
     */
    public List<Where> atProviders(Instant now) {
        return where("""
                engine <> 'linked-device' and desired = 'running'
                and (state in ('linked', 'starting') or state = 'reconnecting' and (next_attempt_at is null or next_attempt_at <= ?))
                and (engine = 'evolution' or state <> 'linked' or silent_since is not null or looked_at is null or looked_at <= ?)
                """, SqlTime.at(now), SqlTime.at(now.minus(SELDOM)));
    }

    private List<Where> where(String condition, Object... values) {
        return worker.jdbc()
                .sql("select organization_id, id, observation from whatsapp_line where " + condition
                        + " order by organization_id, id")
                .params(values)
                .query((row, n) -> new Where(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getLong("observation")))
                .list();
    }

    public List<Overview> all() {
        return worker.jdbc()
                .sql("""
                        select organization_id, id, is_default, engine, state, cause, since, down_since
                          from whatsapp_line order by organization_id, is_default desc, id
                        """)
                .query((row, n) -> new Overview(
                        row.getObject("organization_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getBoolean("is_default"),
                        LineEngineKind.of(row.getString("engine")),
                        LineState.of(row.getString("state")),
                        row.getString("cause"),
                        SqlTime.instantOrNull(row, "since"),
                        SqlTime.instantOrNull(row, "down_since")))
                .list();
    }

    /** How many lines are in a state. */
    public record StateCount(LineState state, long count) {}

    /** How often lines were lost for a cause. */
    public record LossCount(
            @Schema(implementation = LineCause.class) String cause, long count) {}

    /**
     * How linking phones went.
     *
     * @param count how many phones were linked
     * @param medianSeconds from the first code on offer until the phone was linked; null without one
     */
    public record Pairings(long count, @Nullable Long medianSeconds) {}

    /** Every state, also those no line is in. */
    public List<StateCount> byState() {
        var counts = new EnumMap<LineState, Long>(LineState.class);
        worker.jdbc()
                .sql("select state, count(*) as count from whatsapp_line group by state")
                .query((row, n) -> counts.put(LineState.of(row.getString("state")), row.getLong("count")))
                .list();
        return Arrays.stream(LineState.values())
                .map(state -> new StateCount(state, counts.getOrDefault(state, 0L)))
                .toList();
    }

    /**
     * Lines in numbers.
     *
     * @param wanted how many should run
     * @param down how many of those have not for ten minutes: shorter losses heal by themselves
     */
    record LineCounts(Map<LineState, Long> states, long wanted, long down) {
        long in(LineState state) {
            return states.getOrDefault(state, 0L);
        }
    }

    LineCounts counts(Instant now) {
        var states = new EnumMap<LineState, Long>(LineState.class);
        byState().forEach(one -> states.put(one.state(), one.count()));
        return worker.jdbc()
                .sql("""
                        select count(*) filter (where desired = 'running') as wanted,
                               count(*) filter (where down_since <= ?) as down
                          from whatsapp_line
                        """)
                .param(SqlTime.at(now.minus(LONG_DOWN)))
                .query((row, n) -> new LineCounts(states, row.getLong("wanted"), row.getLong("down")))
                .single();
    }

    /** Why lines were lost since then, the most frequent cause first. */
    public List<LossCount> lossesSince(Instant since) {
        return worker.jdbc()
                .sql("""
                        select cause, count(*) as count from whatsapp_line_transition
                         where at >= ? and state = 'reconnecting' group by cause order by count desc, cause
                        """)
                .param(SqlTime.at(since))
                .query((row, n) -> new LossCount(row.getString("cause"), row.getLong("count")))
                .list();
    }

    /** A line may have been offered several codes, and have restarted, between the first code and being linked. */
    public Pairings pairingsSince(Instant since) {
        return worker.jdbc()
                .sql("""
                        select count(*) as count, round(percentile_cont(0.5) within group (order by seconds)) as median
                          from (select state, at, extract(epoch from at - lag(at) over lines) as seconds,
                                       lag(state) over lines as before
                                  from whatsapp_line_transition
                                 where at >= ?::timestamptz - interval '1 hour' and state in ('pairing', 'linked')
                                window lines as (partition by organization_id, line_id order by at, state desc)) as steps
                         where at >= ? and state = 'linked' and before = 'pairing'
                        """)
                .params(SqlTime.at(since), SqlTime.at(since))
                .query((row, n) -> new Pairings(
                        row.getLong("count"),
                        row.getObject("median", Double.class) instanceof Double median ? median.longValue() : null))
                .single();
    }
}
