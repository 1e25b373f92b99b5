package app.recado.notices;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whom somebody has to call, because no message brought an answer. */
@Service
@Transactional
class UnansweredVisits {

    /** More than anybody calls in a day. */
    private static final int MOST = 300;

    /** Whoever would have been reminded so long ago is called while the line is down. */
    private static final Duration LINE_PATIENCE = Duration.ofMinutes(10);

    private static final String LIST = """
            select a.id, a.patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name, p.phone,
                   p.messaging = 'opted-out' as opted_out, d.display_name, s.name as service_name, a.starts_at, a.time_zone,
                   told.id as message_id, told.kind, told.state, told.updated_at as told_at,
                   coalesce(called.calls, 0) as calls, called.outcome, called.at as called_at, called.next_try_at
              from appointment a
              join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
              join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
              join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
             cross join lateral (
                   select m.id, m.kind, m.state, m.updated_at from message m
                    where m.organization_id = a.organization_id and m.subject_id = a.id and m.superseded_at is null
                      and m.kind in ('confirmation', 'reminder', 'reschedule')
                      and (m.out_at is not null or m.state in ('failed', 'suppressed', 'expired')
                           or m.state = 'queued' and m.reason = 'line-down' and m.due_at < :patience)
                      and m.reason is distinct from 'hold-out'
                    order by m.updated_at desc, m.id desc limit 1) as told
              left join lateral (
                   select c.outcome, c.at, c.next_try_at, count(*) over () as calls from call_attempt c
                    where c.organization_id = a.organization_id and c.appointment_id = a.id
                    order by c.at desc, c.id desc limit 1) as called on true
             where a.organization_id = :org and a.status = 'booked' and a.participation = 'needs-action'
               and a.starts_at > :now and a.starts_at < :until
             order by coalesce(called.next_try_at, a.starts_at), a.starts_at, a.id limit %d
            """.formatted(MOST);

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    UnansweredVisits(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /** Of the coming days: those to be called again first, by that time, then by the visit's. */
    @Transactional(readOnly = true)
    public List<UnansweredVisit> list(int days) {
        var now = clock.instant();
        return jdbc.sql(LIST)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(now))
                .param("patience", SqlTime.at(now.minus(LINE_PATIENCE)))
                .param("until", SqlTime.at(now.plus(Duration.ofDays(days))))
                .query(UnansweredVisits::read)
                .list();
    }

    /** A call that was made; nobody changes or deletes it. */
    record Made(UUID id, Instant at) {}

    /** Notes a call.
     *
     * @param nextTryAt when to call again; null when nobody says
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-fields} */
    public Made called(UUID appointmentId, CallOutcome outcome, @Nullable Instant nextTryAt) {
        boolean known = jdbc.sql("select exists (select from appointment where organization_id = ? and id = ?)")
                .params(CurrentOrganization.id(), appointmentId)
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Problem.NOT_FOUND.because("There is no such appointment");
        }
        var now = clock.instant();
        if (nextTryAt != null && !nextTryAt.isAfter(now)) {
            throw Problem.INVALID_FIELDS.at("/nextTryAt", "in-the-past", "The next try is later than now");
        }
        var id = Ids.next();
        jdbc.sql("""
                        insert into call_attempt (organization_id, id, appointment_id, outcome, at, next_try_at, made_by)
                        values (:org, :id, :appointment, :outcome, :at, cast(:next as timestamptz), :by)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("appointment", appointmentId)
                .param("outcome", outcome.wireName())
                .param("at", SqlTime.at(now))
                .param("next", nextTryAt == null ? null : SqlTime.at(nextTryAt))
                .param("by", Caller.current().subject())
                .update();
        hints.changed(LiveHints.Kind.APPOINTMENT, appointmentId);
        return new Made(id, now);
    }

    private static UnansweredVisit read(ResultSet row, int n) throws SQLException {
        return new UnansweredVisit(
                row.getObject("id", UUID.class),
                new UnansweredVisit.Whom(row.getObject("patient_id", UUID.class), row.getString("patient_name")),
                row.getString("phone"),
                row.getBoolean("opted_out"),
                row.getString("display_name"),
                row.getString("service_name"),
                SqlTime.instant(row, "starts_at"),
                row.getString("time_zone"),
                new UnansweredVisit.Told(
                        row.getObject("message_id", UUID.class),
                        row.getString("kind"),
                        row.getString("state"),
                        SqlTime.instant(row, "told_at")),
                row.getInt("calls"),
                row.getString("outcome") instanceof String outcome
                        ? new UnansweredVisit.LastCall(
                                CallOutcome.of(outcome),
                                SqlTime.instant(row, "called_at"),
                                SqlTime.instantOrNull(row, "next_try_at"))
                        : null);
    }
}
