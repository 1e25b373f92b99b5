package app.recado.reporting;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who came, by week, practitioner, service, answer and notice; and which freed hours were used again. */
@Repository
class AttendanceReport {

    /** The visits of a period with what became of them. A visit is dated where it takes place. */
    private static final String VISITS = """
            with visit as (
                select a.id, a.practitioner_id, a.healthcare_service_id, a.starts_at, a.ends_at, a.participation,
                       coalesce(a.participation_source, 'none') as answered_by, a.cancellation_code,
                       cast(a.starts_at at time zone a.time_zone as date) as day,
                       cast(a.starts_at at time zone a.time_zone as date)
                           - cast(a.created_at at time zone a.time_zone as date) as lead_days,
                       case when a.status in ('arrived', 'checked-in', 'fulfilled') then 'attended'
                            when a.status = 'noshow' then 'missed'
                            when a.status = 'cancelled' then 'cancelled'
                            else 'unrecorded' end as outcome
                  from appointment a
                 where a.organization_id = :org and a.starts_at >= :begins and a.starts_at < :ends
                   and (a.status in ('arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled')
                        or a.status in ('pending', 'booked') and a.ends_at <= :now)
                   and (cast(:practitioner as uuid) is null or a.practitioner_id = :practitioner)
                   and (cast(:service as uuid) is null or a.healthcare_service_id = :service)
            )
            """;

    private static final String TOTAL = VISITS + " select " + Outcomes.COUNTS + " from visit";

    private static final String WEEKS = VISITS + """
             select cast(date_trunc('week', day) as date) as week,
            """ + Outcomes.COUNTS + " from visit group by 1 order by 1";

    private static final String PRACTITIONERS = VISITS + """
             select d.id, d.display_name as name,
            """ + Outcomes.COUNTS + """
              from visit join practitioner d on d.organization_id = :org and d.id = visit.practitioner_id
             group by d.id, d.display_name order by d.display_name, d.id
            """;

    private static final String SERVICES = VISITS + """
             select s.id, s.name,
            """ + Outcomes.COUNTS + """
              from visit join healthcare_service s on s.organization_id = :org and s.id = visit.healthcare_service_id
             group by s.id, s.name order by s.name, s.id
            """;

    private static final String LEAD_TIMES = VISITS + """
             select band.first_day, band.last_day,
            """ + Outcomes.COUNTS + """
              from (values (0, 0), (1, 3), (4, 7), (8, 14), (15, 30), (31, null)) as band (first_day, last_day)
              left join visit on greatest(visit.lead_days, 0) >= band.first_day
                             and (band.last_day is null or visit.lead_days <= band.last_day)
             group by 1, 2 order by 1
            """;

    private static final String ANSWERS = VISITS + """
             select participation, answered_by,
            """ + Outcomes.COUNTS + " from visit group by 1, 2 order by 1, 2";

    private static final String CANCELLATIONS = VISITS + """
             select cancellation_code as code, count(*) as count from visit where outcome = 'cancelled'
              group by 1 order by 2 desc, 1
            """;

    /**
     * The database lets no two visits share an hour, so that whatever overlaps a cancelled one and stands was put there
     * after it was cancelled. No visit is longer than eight hours, which lets an index find the neighbours.
     */
    private static final String FREED = VISITS + """
            , freed as (
                select visit.id, (select max(e.at) from appointment_event e
                                   where e.organization_id = :org and e.appointment_id = visit.id
                                     and e.kind = 'appointment-cancelled') as freed_at,
                       next.id as next_id, next.created_at as taken_at
                  from visit
                  left join lateral (
                      select b.id, b.created_at from appointment b
                       where b.organization_id = :org and b.practitioner_id = visit.practitioner_id
                         and b.starts_at > visit.starts_at - interval '8 hours' and b.starts_at < visit.ends_at
                         and b.ends_at > visit.starts_at
                         and b.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
                       order by b.created_at limit 1) next on true
                 where visit.outcome = 'cancelled'
                   and exists (select 1 from appointment_event e
                                where e.organization_id = :org and e.appointment_id = visit.id
                                  and e.kind = 'appointment-cancelled' and e.at < visit.starts_at)
            )
            select count(*) as freed, count(next_id) as refilled,
                   percentile_cont(0.5) within group (order by extract(epoch from taken_at - freed_at) / 60)
                       filter (where taken_at >= freed_at) as minutes
              from freed
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    AttendanceReport(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * What was counted.
     *
     * @param timeZone the zone of the clinic's days
     * @param from the first day
     * @param to the day after the last
     * @param total all visits together
     * @param weeks in order, without those that had no visit
     * @param practitioners by name, without those who had no visit
     * @param services by name, without those that had no visit
     * @param leadTimes by how long before a visit it was booked, the shortest first
     * @param answers by what the patient said and who recorded it
     * @param confirmed visits to which the patient said yes, whoever recorded it
     * @param unanswered visits about which the patient said nothing
     * @param cancellations why visits were cancelled, the most frequent first
     * @param freedHours what became of the hours of cancelled visits
     */
    @Schema(name = "AttendanceReport")
    record Attendance(
            String timeZone,
            @Schema(example = "2026-08-24") LocalDate from,
            @Schema(example = "2026-11-23") LocalDate to,
            Outcomes total,
            List<Week> weeks,
            List<Named> practitioners,
            List<Named> services,
            List<LeadTime> leadTimes,
            List<Answer> answers,
            Outcomes confirmed,
            Outcomes unanswered,
            List<Cancellations> cancellations,
            FreedHours freedHours) {}

    /**
     * A week.
     *
     * @param week its Monday
     * @param outcomes what became of its visits
     */
    @Schema(name = "AttendanceOfWeek")
    record Week(@Schema(example = "2026-11-16") LocalDate week, Outcomes outcomes) {}

    /**
     * A practitioner or a service.
     *
     * @param outcomes what became of their visits
     */
    @Schema(name = "AttendanceOf")
    record Named(UUID id, String name, Outcomes outcomes) {}

    /**
     * Visits that were booked so long before.
     *
     * @param firstDay at least so many days
     * @param lastDay at most so many days; null without a limit
     * @param outcomes what became of these visits
     */
    @Schema(name = "AttendanceByLeadTime")
    record LeadTime(
            @Schema(example = "4") int firstDay,
            @Schema(example = "7") @Nullable Integer lastDay,
            Outcomes outcomes) {}

    /**
     * Visits with the same answer.
     *
     * @param participation what the patient said, in the words of FHIR
     * @param answeredBy {@code patient} over WhatsApp, {@code staff} when the desk recorded it, {@code none} without answer
     * @param outcomes what became of these visits
     */
    @Schema(name = "AttendanceByAnswer")
    record Answer(
            @Schema(
                    allowableValues = {"needs-action", "accepted", "declined", "tentative"},
                    example = "accepted")
            String participation,

            @Schema(
                    allowableValues = {"patient", "staff", "none"},
                    example = "patient")
            String answeredBy,

            Outcomes outcomes) {}

    /**
     * Visits that were cancelled for the same reason.
     *
     * @param code why, from FHIR's list; null when nobody said
     */
    @Schema(name = "CancellationsByReason")
    record Cancellations(
            @Schema(
                    allowableValues = {"pat", "pat-fb", "prov", "oth-err", "oth-weath", "other"},
                    example = "pat")
            @Nullable String code,

            @Schema(example = "12") int count) {}

    /**
     * Hours that a cancellation freed before they began.
     *
     * @param freed cancelled visits
     * @param refilled how many of them another visit of the same practitioner took the place of
     * @param medianMinutes from the cancellation to the new booking, half of the times; null while there is none
     */
    @Schema(name = "FreedHours")
    record FreedHours(
            @Schema(example = "63") int freed,
            @Schema(example = "41") int refilled,
            @Schema(example = "38") @Nullable Integer medianMinutes) {}

    /** @throws app.recado.kernel.ProblemException {@code practitioner-unknown}, {@code healthcare-service-unknown} */
    @Transactional(readOnly = true)
    public Attendance of(Period period) {
        if (isUnknown("practitioner", period.practitionerId())) {
            throw Problem.PRACTITIONER_UNKNOWN.because("Choose one of the clinic's practitioners");
        }
        if (isUnknown("healthcare_service", period.healthcareServiceId())) {
            throw Problem.HEALTHCARE_SERVICE_UNKNOWN.because("Choose one of the clinic's services");
        }
        var zone = organizations.current().timeZone();
        var answers = over(ANSWERS, period, zone)
                .query((row, n) ->
                        new Answer(row.getString("participation"), row.getString("answered_by"), Outcomes.of(row)))
                .list();
        return new Attendance(
                zone.getId(),
                period.from(),
                period.to(),
                over(TOTAL, period, zone).query((row, n) -> Outcomes.of(row)).single(),
                over(WEEKS, period, zone)
                        .query((row, n) -> new Week(row.getObject("week", LocalDate.class), Outcomes.of(row)))
                        .list(),
                over(PRACTITIONERS, period, zone).query((row, n) -> named(row)).list(),
                over(SERVICES, period, zone).query((row, n) -> named(row)).list(),
                over(LEAD_TIMES, period, zone)
                        .query((row, n) -> new LeadTime(
                                row.getInt("first_day"), row.getObject("last_day", Integer.class), Outcomes.of(row)))
                        .list(),
                answers,
                together(answers, "accepted"),
                together(answers, "needs-action"),
                over(CANCELLATIONS, period, zone)
                        .query((row, n) -> new Cancellations(row.getString("code"), row.getInt("count")))
                        .list(),
                over(FREED, period, zone).query((row, n) -> freed(row)).single());
    }

    private static Outcomes together(List<Answer> answers, String participation) {
        return answers.stream()
                .filter(answer -> answer.participation().equals(participation))
                .map(Answer::outcomes)
                .reduce(Outcomes.NONE, Outcomes::plus);
    }

    private boolean isUnknown(String table, @Nullable UUID id) {
        return id != null
                && jdbc.sql("select 1 from " + table + " where organization_id = ? and id = ?")
                        .params(CurrentOrganization.id(), id)
                        .query()
                        .listOfRows()
                        .isEmpty();
    }

    private JdbcClient.StatementSpec over(String sql, Period period, ZoneId zone) {
        var now = clock.instant();
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("begins", SqlTime.at(period.begins(zone)))
                .param("ends", SqlTime.at(period.ends(zone, now)))
                .param("now", SqlTime.at(now))
                .param("practitioner", period.practitionerId())
                .param("service", period.healthcareServiceId());
    }

    private static Named named(ResultSet row) throws SQLException {
        return new Named(row.getObject("id", UUID.class), row.getString("name"), Outcomes.of(row));
    }

    private static FreedHours freed(ResultSet row) throws SQLException {
        var median = row.getDouble("minutes");
        var minutes = row.wasNull() ? null : Integer.valueOf(Math.toIntExact(Math.round(median)));
        return new FreedHours(row.getInt("freed"), row.getInt("refilled"), minutes);
    }
}
