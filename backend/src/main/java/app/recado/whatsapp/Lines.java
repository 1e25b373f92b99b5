package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The lines of clinics and what the gateway last said of them. Only its events change what is known. */
@Component
@Transactional
class Lines implements WhatsAppLines {

    /** The cause of a line that nobody has started yet. */
    static final String NEVER_STARTED = "never-started";

    private static final int HISTORY = 100;

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    Lines(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /** A line as it was last reported. */
    record Line(
            UUID id,
            String name,
            LineState state,
            String cause,
            @Nullable Instant since,
            @Nullable Instant nextAttemptAt,
            @Nullable String phone,
            @Nullable String profileName,
            long version) {

        private static Line of(ResultSet row, int n) throws SQLException {
            return new Line(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    LineState.of(row.getString("state")),
                    row.getString("cause"),
                    SqlTime.instantOrNull(row, "since"),
                    SqlTime.instantOrNull(row, "next_attempt_at"),
                    row.getString("phone"),
                    row.getString("profile_name"),
                    row.getLong("version"));
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LineFacts> defaultLine() {
        return all().stream().findFirst().map(line -> new LineFacts(line.id(), line.state(), line.phone()));
    }

    @Transactional(readOnly = true)
    public List<Line> all() {
        return jdbc.sql("""
                        select id, name, state, cause, since, next_attempt_at, phone, profile_name, version
                          from whatsapp_line where organization_id = ? order by created_at, id
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

    /** @throws app.recado.kernel.ProblemException {@code line-exists} when the clinic has one */
    public Line open(String name) {
        var id = Ids.next();
        int opened = jdbc.sql("""
                        insert into whatsapp_line (organization_id, id, name, state, cause, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (organization_id) do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        id,
                        name,
                        LineState.STOPPED.wireName(),
                        NEVER_STARTED,
                        SqlTime.at(clock.instant()))
                .update();
        if (opened == 0) {
            throw Problem.LINE_EXISTS.because("Each clinic has one line");
        }
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, id);
        return get(id);
    }

    /** Takes over what the gateway reports. The QR is not part of it.
     *
     * @return whether state or cause differ from what was known */
    public boolean report(UUID eventId, LineStatus status, Instant at) {
        var known = get(status.lineId());
        jdbc.sql("""
                update whatsapp_line
                   set state = ?, cause = ?, since = ?, next_attempt_at = ?, phone = coalesce(?, phone),
                       profile_name = coalesce(?, profile_name), version = version + 1
                 where organization_id = ? and id = ?
                """)
                .param(status.state().wireName())
                .param(status.cause())
                .param(SqlTime.at(status.since() == null ? at : status.since()))
                .param(SqlTime.atOrNull(status.nextAttemptAt()))
                .param(status.phone())
                .param(status.profileName())
                .param(CurrentOrganization.id())
                .param(status.lineId())
                .update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, status.lineId());
        if (known.state() == status.state() && known.cause().equals(status.cause())) {
            return false;
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
        return true;
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
