package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is wanted of lines and what their engines said of them last: the desired and the observed state, and the history of
 * the latter. Engines report here; of two findings the newer one stands, whichever arrives last.
 */
@Component
@Transactional
public class LineStates {

    /** The cause of a line for which the gateway does not answer. */
    public static final String GATEWAY_AWAY = "gateway-away";

    static final String RUNNING = "running";

    private static final Logger LOG = LoggerFactory.getLogger(LineStates.class);
    private static final int HISTORY = 100;

    private final Lines lines;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Jobs jobs;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    LineStates(
            Lines lines,
            JdbcClient jdbc,
            LiveHints hints,
            Jobs jobs,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.lines = lines;
        this.jdbc = jdbc;
        this.hints = hints;
        this.jobs = jobs;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Says what the clinic wants of a line from now on. What was asked about it before no longer counts.
     *
     * @return the number to pass to {@link #observed} with the answer to what is asked from now on */
    public long wanted(UUID id, boolean running) {
        return jdbc.sql("""
                        update whatsapp_line set desired = ?, observation = observation + 1, silent_since = null
                         where organization_id = ? and id = ? returning observation
                        """)
                .params(running ? RUNNING : "stopped", CurrentOrganization.id(), id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such line"));
    }

    /** Takes over what the gateway tells of a line, be it by an event or in an answer. It is ordered by the gateway's own
     * clock: of an earlier state than the one it told last nothing is taken over.
     *
     * @return whether it was taken over */
    public boolean reported(UUID eventId, LineStatus status, Instant at) {
        var known = lock(status.lineId());
        var engineSince = status.since() == null ? at : status.since();
        if (known.engineSince() != null && engineSince.isBefore(known.engineSince())) {
            return lost(status);
        }
        take(eventId, known, status, at, engineSince);
        return true;
    }

    /** Takes over what was found out by asking, unless anything was taken over since the asking began.
     *
     * @param asked {@link Line#observation} before, or as {@link #wanted} said
     * @return whether it was taken over */
    public boolean observed(LineStatus status, long asked) {
        var known = lock(status.lineId());
        if (known.observation() != asked) {
            return lost(status);
        }
        take(Ids.next(), known, status, clock.instant(), known.engineSince());
        return true;
    }

    /** Takes over what a provider says now by itself, or by how it answered a message. A line that is to be stopped stays
     * stopped.
     *
     * @return whether it was taken over */
    public boolean stated(LineStatus status) {
        var known = lock(status.lineId());
        if (!known.running() && status.state() != LineState.STOPPED) {
            return lost(status);
        }
        take(Ids.next(), known, status, clock.instant(), known.engineSince());
        return true;
    }

    private static boolean lost(LineStatus status) {
        LOG.debug(
                "That line {} is {} is older than what is known",
                status.lineId(),
                status.state().wireName());
        return false;
    }

    private Line lock(UUID id) {
        jdbc.sql("select id from whatsapp_line where organization_id = ? and id = ? for update")
                .params(CurrentOrganization.id(), id)
                .query(UUID.class)
                .optional();
        return lines.get(id);
    }

    /** Codes for pairing are not part of it. The version stays: it counts what people edit. */
    private void take(UUID eventId, Line known, LineStatus status, Instant at, @Nullable Instant engineSince) {
        var downSince = known.downSinceIf(status.state(), at);
        boolean same = known.state() == status.state() && known.cause().equals(status.cause());
        var since = status.since() != null ? status.since() : same ? known.since() : at;
        jdbc.sql("""
                update whatsapp_line
                   set state = ?, cause = ?, since = ?, next_attempt_at = ?,
                       number_since = case when coalesce(?, phone) is distinct from phone then ? else number_since end,
                       phone = coalesce(?, phone),
                       profile_name = coalesce(?, profile_name), platform = coalesce(?, platform), other_phone = ?,
                       down_since = ?, told_at = case when ? then told_at end, observation = observation + 1,
                       engine_since = ?, silent_since = null
                 where organization_id = ? and id = ?
                """)
                .param(status.state().wireName())
                .param(status.cause())
                .param(SqlTime.atOrNull(since))
                .param(SqlTime.atOrNull(status.nextAttemptAt()))
                .param(status.phone())
                .param(SqlTime.at(at))
                .param(status.phone())
                .param(status.profileName())
                .param(status.platform())
                .param(status.otherPhone())
                .param(SqlTime.atOrNull(downSince))
                .param(downSince != null)
                .param(SqlTime.atOrNull(engineSince))
                .param(CurrentOrganization.id())
                .param(status.lineId())
                .update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, status.lineId());
        if (downSince != null && !downSince.equals(known.downSince())) {
            jobs.schedule(
                    LineAlarm.JOB,
                    JobId.of(status.lineId(), downSince.toEpochMilli()),
                    downSince.plus(LineAlarm.GRACE));
        }
        if (same) {
            return;
        }
        jdbc.sql("""
                insert into whatsapp_line_transition (organization_id, id, line_id, at, state, cause)
                values (?, ?, ?, ?, ?, ?)
                """)
                .params(
                        CurrentOrganization.id(),
                        eventId,
                        status.lineId(),
                        SqlTime.at(at),
                        status.state().wireName(),
                        status.cause())
                .update();
        LOG.info("Line {} is {} ({})", status.lineId(), status.state().wireName(), status.cause());
        publisher.publishEvent(new LineStateChanged(status.lineId(), status.state(), status.cause()));
    }

    /** The watch has looked at a line.
     *
     * @param silent whether its provider did not answer */
    public void looked(UUID id, boolean silent) {
        jdbc.sql("""
                update whatsapp_line
                   set looked_at = ?, silent_since = case when ? then coalesce(silent_since, ?) end
                 where organization_id = ? and id = ?
                """)
                .params(SqlTime.at(clock.instant()), silent, SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                .update();
    }

    /** The owners know. */
    public void ownersTold(UUID id) {
        jdbc.sql("""
                update whatsapp_line set told_at = ? where organization_id = ? and id = ? and down_since is not null
                """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                .update();
    }

    /** Nobody answers for this line: whatever it was doing, it does it no more as far as the clinic can know.
     *
     * @param asked {@link Line#observation} before whoever should answer was asked */
    public void nobodyAnswersFor(UUID id, String cause, long asked) {
        var line = lines.get(id);
        boolean wasUp = line.state() == LineState.LINKED
                || line.state() == LineState.RECONNECTING
                || line.state() == LineState.STARTING;
        if (!wasUp || line.state() == LineState.RECONNECTING && line.cause().equals(cause)) {
            return;
        }
        observed(
                new LineStatus(id, LineState.RECONNECTING, cause, null, null, null, null, null, line.otherPhone()),
                asked);
    }

    /** One change of a line. */
    public record Transition(
            Instant at,
            LineState state,
            @Schema(implementation = LineCause.class) String cause) {}

    /** The last changes, newest first. */
    @Transactional(readOnly = true)
    public List<Transition> history(UUID lineId) {
        lines.get(lineId);
        return jdbc.sql("""
                        select at, state, cause from whatsapp_line_transition
                         where organization_id = ? and line_id = ? order by at desc, id desc limit %d
                        """.formatted(HISTORY))
                .params(CurrentOrganization.id(), lineId)
                .query((row, n) -> new Transition(
                        SqlTime.instant(row, "at"), LineState.of(row.getString("state")), row.getString("cause")))
                .list();
    }
}
