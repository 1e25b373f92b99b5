package app.recado.notices;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Days;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts together what somebody was told, from what the database was told of it; nothing is stored. */
@Service
@Transactional(readOnly = true)
class NoticeProofs {

    private static final int MOST_LINES = 5000;

    /** Nobody is kept that long. */
    private static final int MOST_DAYS = 3660;

    private static final String LINES = """
            select * from (
                select e.at, e.kind, e.appointment_id, null as occasion, null as state, e.source as reason,
                       null as channel, null as phone, null as provider_message_id, null as template, e.text, e.id, 0 as rank
                  from appointment_event e
                  join appointment a on a.organization_id = e.organization_id and a.id = e.appointment_id
                 where e.organization_id = :org and %1$s
                union all
                select s.at, 'message', case when m.kind in (%4$s) then m.subject_id end, m.kind, s.state, s.reason,
                       l.engine, m.phone, coalesce(m.engine_message_id, m.provider_message_id),
                       m.template_id || '/' || m.template_version,
                       case when s.state = 'handed' then coalesce(m.text, m.content ->> 'text', m.content ->> 'caption') end,
                       s.id, 1
                  from message m
                  join message_step s on s.organization_id = m.organization_id and s.message_id = m.id
                  left join whatsapp_line l on l.organization_id = m.organization_id and l.id = m.line_id
                 where m.organization_id = :org and %2$s
                union all
                select i.sent_at, 'answer', i.appointment_id, null, %6$s, i.reason, l.engine, i.phone,
                       i.provider_message_id, null, i.text, i.id, 2
                  from inbound_message i
                  join whatsapp_line l on l.organization_id = i.organization_id and l.id = i.line_id
                 where i.organization_id = :org and %3$s) as lines
             order by at, rank, id limit %5$d
            """;

    /** Occasions whose subject is a visit. */
    private static final String OF_VISITS =
            "'confirmation', 'reminder', 'cancellation', 'reschedule', 'followup', 'survey', 'missed', 'recall'";

    /** Messages about it, and those of another visit of its series that tell of it, too. */
    private static final String OF_ONE_VISIT = """
            m.id in (select id from message where organization_id = :org and subject_id = :visit
                     union all
                     select message_id from message_along where organization_id = :org and subject_id = :visit)
            """;

    /** Answers to it, and those that were for several visits at once. */
    private static final String ANSWERS_OF_ONE_VISIT = """
            i.id in (select id from inbound_message where organization_id = :org and appointment_id = :visit
                     union all
                     select inbound_message_id from inbound_message_visit
                      where organization_id = :org and appointment_id = :visit)
            """;

    /** What such an answer is for this visit. */
    private static final String OUTCOME_FOR_ONE_VISIT = """
            coalesce((select v.outcome from inbound_message_visit v
                       where v.organization_id = :org and v.inbound_message_id = i.id and v.appointment_id = :visit),
                     i.outcome)
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    NoticeProofs(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    private record Somebody(UUID id, String name) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    public NoticeProof ofVisit(UUID appointmentId) {
        var patient = jdbc.sql("""
                        select p.id, concat_ws(' ', p.given_name, p.family_name) as name
                          from appointment a join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
                         where a.organization_id = ? and a.id = ?
                        """)
                .params(CurrentOrganization.id(), appointmentId)
                .query(NoticeProofs::somebody)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such appointment"));
        return proof(
                patient,
                appointmentId,
                lines(
                        "a.id = :visit",
                        OF_ONE_VISIT,
                        ANSWERS_OF_ONE_VISIT,
                        OUTCOME_FOR_ONE_VISIT,
                        Map.of("visit", appointmentId)));
    }

    /** Everything said to or by somebody in some days, and what happened to visits then.
     *
     * @param first day on the clinic's clocks; null for a year before the end
     * @param end the day after the last; null for tomorrow
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-parameter} */
    public NoticeProof ofPatient(UUID patientId, @Nullable LocalDate first, @Nullable LocalDate end) {
        var zone = organizations.current().timeZone();
        var to = end == null ? LocalDate.ofInstant(clock.instant(), zone).plusDays(1) : end;
        var from = first == null ? to.minusYears(1) : first;
        Days.requireAtMost(MOST_DAYS, from, to);
        var patient = jdbc.sql("""
                        select id, concat_ws(' ', given_name, family_name) as name from patient
                         where organization_id = ? and id = ?
                        """)
                .params(CurrentOrganization.id(), patientId)
                .query(NoticeProofs::somebody)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such patient"));
        return proof(
                patient,
                null,
                lines(
                        "a.patient_id = :patient and e.at >= :from and e.at < :to",
                        "m.patient_id = :patient and s.at >= :from and s.at < :to",
                        "i.patient_id = :patient and i.sent_at >= :from and i.sent_at < :to",
                        "i.outcome",
                        Map.of(
                                "patient",
                                patientId,
                                "from",
                                SqlTime.at(from.atStartOfDay(zone).toInstant()),
                                "to",
                                SqlTime.at(to.atStartOfDay(zone).toInstant()))));
    }

    private NoticeProof proof(Somebody patient, @Nullable UUID appointmentId, List<ProofLine> lines) {
        return new NoticeProof(
                patient.id(), patient.name(), appointmentId, clock.instant(), lines, ProofLine.digest(lines));
    }

    private List<ProofLine> lines(
            String events, String messages, String answers, String outcome, Map<String, Object> parameters) {
        var lines = jdbc.sql(LINES.formatted(events, messages, answers, OF_VISITS, MOST_LINES + 1, outcome))
                .param("org", CurrentOrganization.id())
                .params(parameters)
                .query(NoticeProofs::line)
                .list();
        if (lines.size() > MOST_LINES) {
            throw Problem.INVALID_PARAMETER.because(
                    "Ask for fewer days: there are more than %d lines".formatted(MOST_LINES));
        }
        return lines;
    }

    private static Somebody somebody(ResultSet row, int n) throws SQLException {
        return new Somebody(row.getObject("id", UUID.class), row.getString("name"));
    }

    private static ProofLine line(ResultSet row, int n) throws SQLException {
        return ProofLine.of(
                SqlTime.instant(row, "at"),
                row.getString("kind"),
                row.getObject("appointment_id", UUID.class),
                row.getString("occasion"),
                row.getString("state"),
                row.getString("reason"),
                row.getString("channel"),
                row.getString("phone"),
                row.getString("provider_message_id"),
                row.getString("template"),
                row.getString("text"));
    }
}
