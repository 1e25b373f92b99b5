package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The lines of clinics and what their engines last said of them. Only their reports change what is known of a state. */
@Component
@Transactional
class Lines implements WhatsAppLines {

    /** The cause of a line that nobody has started yet. */
    static final String NEVER_STARTED = "never-started";

    /** The cause of a line for which the gateway does not answer. */
    static final String GATEWAY_AWAY = "gateway-away";

    private static final String RUNNING = "running";

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
    private static final int HISTORY = 100;

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Jobs jobs;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    Lines(JdbcClient jdbc, LiveHints hints, Jobs jobs, ApplicationEventPublisher publisher, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.jobs = jobs;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * A line as it was last reported.
     *
     * @param typingTold what the engine knows of {@code typing}; null when it was never told
     * @param downSince since when it does not run although it should; null while it does, or need not
     * @param running what the clinic wants of it
     * @param observation how much was taken over about it so far
     * @param engineSince when its engine, by the engine's own clock, came into the state it last reported
     * @param silentSince since when its provider does not answer those who watch it; null while it does
     */
    record Line(
            UUID id,
            String name,
            LineEngineKind engine,
            boolean isDefault,
            boolean typing,
            @Nullable Boolean typingTold,
            LineState state,
            String cause,
            @Nullable Instant since,
            @Nullable Instant nextAttemptAt,
            @Nullable String phone,
            @Nullable String profileName,
            @Nullable String platform,
            @Nullable String otherPhone,
            @Nullable Instant downSince,
            boolean running,
            long observation,
            @Nullable Instant engineSince,
            @Nullable Instant silentSince,
            long version) {

        private static Line of(ResultSet row, int n) throws SQLException {
            return new Line(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    LineEngineKind.of(row.getString("engine")),
                    row.getBoolean("is_default"),
                    row.getBoolean("typing"),
                    row.getObject("typing_told", Boolean.class),
                    LineState.of(row.getString("state")),
                    row.getString("cause"),
                    SqlTime.instantOrNull(row, "since"),
                    SqlTime.instantOrNull(row, "next_attempt_at"),
                    row.getString("phone"),
                    row.getString("profile_name"),
                    row.getString("platform"),
                    row.getString("other_phone"),
                    SqlTime.instantOrNull(row, "down_since"),
                    row.getString("desired").equals(RUNNING),
                    row.getLong("observation"),
                    SqlTime.instantOrNull(row, "engine_since"),
                    SqlTime.instantOrNull(row, "silent_since"),
                    row.getLong("version"));
        }

        /** Whether the engine has yet to hear how this line writes. Its own default is to type. */
        boolean typingIsNews() {
            return typing != (typingTold == null || typingTold);
        }

        /** Since when it would be down in another state. A line that nobody has linked or that a person stopped is not. */
        private @Nullable Instant downSinceIf(LineState next, Instant at) {
            // To the millisecond, by which the alarm for this loss is known.
            var already = downSince == null ? at.truncatedTo(ChronoUnit.MILLIS) : downSince;
            return switch (next) {
                case LINKED, STOPPED -> null;
                case RECONNECTING, NEEDS_PAIRING, HALTED -> phone == null ? null : already;
                case STARTING -> state == LineState.LINKED || downSince != null ? already : null;
                case PAIRING -> downSince;
            };
        }

        private LineFacts facts() {
            return new LineFacts(id, name, engine, isDefault, state, phone);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LineFacts> defaultLine() {
        return all().stream().filter(Line::isDefault).findFirst().map(Line::facts);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LineFacts> find(UUID id) {
        return all().stream().filter(line -> line.id().equals(id)).findFirst().map(Line::facts);
    }

    @Override
    @Transactional(readOnly = true)
    public List<LineFacts> each() {
        return all().stream().map(Line::facts).toList();
    }

    @Transactional(readOnly = true)
    public List<Line> all() {
        return jdbc.sql("""
                        select id, name, engine, is_default, typing, typing_told, state, cause, since, next_attempt_at,
                               phone, profile_name, platform, other_phone, down_since, desired, observation, engine_since,
                               silent_since, version
                          from whatsapp_line where organization_id = ? order by is_default desc, created_at, id
                        """).param(CurrentOrganization.id()).query(Line::of).list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} for ids of other organizations as well */
    @Transactional(readOnly = true)
    public Line get(UUID id) {
        return all().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such line"));
    }

    @Transactional(readOnly = true)
    public boolean exists(UUID id) {
        return all().stream().anyMatch(line -> line.id().equals(id));
    }

    /** Adds a line; the clinic's first one becomes its default.
     *
     * @throws app.recado.kernel.ProblemException {@code line-name-taken} */
    public Line open(String name, LineEngineKind engine) {
        var id = Ids.next();
        lockAll();
        refuseTakenName(name, id);
        jdbc.sql("""
                insert into whatsapp_line (organization_id, id, name, engine, is_default, state, cause, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        name,
                        engine.wireName(),
                        all().isEmpty(),
                        LineState.STOPPED.wireName(),
                        NEVER_STARTED,
                        SqlTime.at(clock.instant()))
                .update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return get(id);
    }

    /** Renames a line and says how it writes.
     *
     * @throws app.recado.kernel.ProblemException {@code line-name-taken}, {@code stale}, {@code not-found} */
    public Line edit(UUID id, ExpectedVersion expected, String name, boolean typing) {
        lockAll();
        expected.mustBe(get(id).version());
        refuseTakenName(name, id);
        jdbc.sql("""
                update whatsapp_line set name = ?, typing = ?, version = version + 1
                 where organization_id = ? and id = ?
                """).params(name, typing, CurrentOrganization.id(), id).update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return get(id);
    }

    /** Counts a change to what belongs to the line but stands elsewhere, such as its provider's credentials.
     *
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code not-found} */
    public Line changed(UUID id, ExpectedVersion expected) {
        int written = jdbc.sql("""
                        update whatsapp_line set version = version + 1
                         where organization_id = ? and id = ? and version = ?
                        """)
                .params(CurrentOrganization.id(), id, expected.value())
                .update();
        var line = get(id);
        if (written == 0) {
            expected.mustBe(line.version());
        }
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return line;
    }

    /** Makes it the line that messages leave on. What was handed to another line stays there.
     *
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code not-found} */
    public Line makeDefault(UUID id, ExpectedVersion expected) {
        lockAll();
        var line = get(id);
        expected.mustBe(line.version());
        if (line.isDefault()) {
            return line;
        }
        jdbc.sql("""
                update whatsapp_line set is_default = false, version = version + 1
                 where organization_id = ? and is_default
                """).param(CurrentOrganization.id()).update();
        jdbc.sql("""
                update whatsapp_line set is_default = true, version = version + 1
                 where organization_id = ? and id = ?
                """).params(CurrentOrganization.id(), id).update();
        for (var changed : all()) {
            hints.changed(LiveHints.Kind.WHATSAPP_LINE, changed.id());
        }
        return get(id);
    }

    /** The engine writes as the line is set now.
     *
     * @param typing what it was told */
    public void typingTold(UUID id, boolean typing) {
        jdbc.sql("update whatsapp_line set typing_told = ? where organization_id = ? and id = ?")
                .params(typing, CurrentOrganization.id(), id)
                .update();
    }

    /** Changes of a clinic's set of lines come one after another: names and the default are compared across them. */
    private void lockAll() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('whatsapp-lines:' || ?, 0))")
                .param(CurrentOrganization.id().toString())
                .query((row, n) -> n)
                .list();
    }

    private void refuseTakenName(String name, UUID except) {
        boolean taken = all().stream()
                .anyMatch(line -> !line.id().equals(except) && line.name().equalsIgnoreCase(name));
        if (taken) {
            throw Problem.LINE_NAME_TAKEN.at("/name", "taken", "Another line of this clinic has this name");
        }
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
    public boolean observed(LineStatus status, Instant at, long asked) {
        var known = lock(status.lineId());
        if (known.observation() != asked) {
            return lost(status);
        }
        take(Ids.next(), known, status, at, known.engineSince());
        return true;
    }

    /** Takes over what a provider says now by itself, or by how it answered a message. A line that is to be stopped stays
     * stopped.
     *
     * @return whether it was taken over */
    public boolean stated(LineStatus status, Instant at) {
        var known = lock(status.lineId());
        if (!known.running() && status.state() != LineState.STOPPED) {
            return lost(status);
        }
        take(Ids.next(), known, status, at, known.engineSince());
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
        return get(id);
    }

    /** Codes for pairing are not part of it. The version stays: it counts what people edit. */
    private void take(UUID eventId, Line known, LineStatus status, Instant at, @Nullable Instant engineSince) {
        var downSince = known.downSinceIf(status.state(), at);
        jdbc.sql("""
                update whatsapp_line
                   set state = ?, cause = ?, since = ?, next_attempt_at = ?, phone = coalesce(?, phone),
                       profile_name = coalesce(?, profile_name), platform = coalesce(?, platform), other_phone = ?,
                       down_since = ?, told_at = case when ? then told_at end, observation = observation + 1,
                       engine_since = ?, silent_since = null
                 where organization_id = ? and id = ?
                """)
                .param(status.state().wireName())
                .param(status.cause())
                .param(SqlTime.at(status.since() == null ? at : status.since()))
                .param(SqlTime.atOrNull(status.nextAttemptAt()))
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
        if (known.state() == status.state() && known.cause().equals(status.cause())) {
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
        var line = get(id);
        boolean wasUp = line.state() == LineState.LINKED
                || line.state() == LineState.RECONNECTING
                || line.state() == LineState.STARTING;
        if (!wasUp || line.state() == LineState.RECONNECTING && line.cause().equals(cause)) {
            return;
        }
        var at = clock.instant();
        observed(
                new LineStatus(
                        id, LineState.RECONNECTING, cause, at, null, null, null, null, line.otherPhone(), null, null),
                at,
                asked);
    }

    /** One change of a line. */
    record Transition(Instant at, LineState state, String cause) {}

    /** The last changes, newest first. */
    @Transactional(readOnly = true)
    public List<Transition> history(UUID lineId) {
        get(lineId);
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
