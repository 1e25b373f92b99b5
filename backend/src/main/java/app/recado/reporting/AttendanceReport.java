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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who came, by week, practitioner, service, insurance, answer and notice; and which freed hours were used again. */
@Repository
class AttendanceReport {

    /** The visits of a period with what became of them. A visit is dated where it takes place. */
    private static final String VISITS = """
            with dated as (
                select a.id, a.practitioner_id, a.healthcare_service_id, a.insurance_id, a.starts_at, a.ends_at, a.participation,
                       coalesce(a.participation_source, 'none') as answered_by, a.cancellation_code, a.noshow_code,
                       a.cancelled_at,
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
            ), visit as (
                select dated.*, cast(date_trunc('week', day) as date) as week,
                       case when lead_days < 1 then 0 when lead_days < 4 then 1 when lead_days < 8 then 4
                            when lead_days < 15 then 8 when lead_days < 31 then 15 else 31 end as band
                  from dated
            )
            """;

    /**
     * Everything that is counted, in one reading of the visits: a row for each group of each kind. The database lets no two
     * visits share an hour unless they are one group, so that whatever overlaps a cancelled one and stands was put there
     * after it was cancelled. No visit is longer than eight hours, which lets an index find the neighbours.
     */
    private static final String COUNTED = VISITS + """
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
                         and (b.seat is null or b.created_at >= visit.cancelled_at)
                       order by b.created_at limit 1) next on true
                 where visit.outcome = 'cancelled'
                   and exists (select 1 from appointment_event e
                                where e.organization_id = :org and e.appointment_id = visit.id
                                  and e.kind = 'appointment-cancelled' and e.at < visit.starts_at)
            ), refilled as (
                select count(*) as freed, count(next_id) as refilled,
                       percentile_cont(0.5) within group (order by extract(epoch from taken_at - freed_at) / 60)
                           filter (where taken_at >= freed_at) as minutes
                  from freed
            ), counted as (
                select case when grouping(week) = 0 then 'week'
                            when grouping(practitioner_id) = 0 then 'practitioner'
                            when grouping(healthcare_service_id) = 0 then 'service'
                            when grouping(insurance_id) = 0 then 'insurance'
                            when grouping(band) = 0 then 'lead-time'
                            when grouping(participation) = 0 then 'answer'
                            when grouping(cancellation_code) = 0 then 'cancellation'
                            when grouping(noshow_code) = 0 then 'no-show'
                            else 'total' end as kind,
                       week, practitioner_id, healthcare_service_id, insurance_id, band, participation, answered_by,
                       coalesce(cancellation_code, noshow_code) as code,
            """ + Outcomes.COUNTS + """
                  from visit
                 group by grouping sets ((), (week), (practitioner_id), (healthcare_service_id), (insurance_id), (band),
                                         (participation, answered_by), (cancellation_code), (noshow_code))
            )
            select counted.*, coalesce(d.display_name, s.name, i.name) as name, refilled.freed, refilled.refilled, refilled.minutes
              from counted cross join refilled
              left join practitioner d on d.organization_id = :org and d.id = counted.practitioner_id
              left join healthcare_service s on s.organization_id = :org and s.id = counted.healthcare_service_id
              left join insurance i on i.organization_id = :org and i.id = counted.insurance_id
             order by kind, week, name, practitioner_id, healthcare_service_id, insurance_id, band, participation, answered_by,
                      case when kind = 'no-show' then missed else cancelled end desc, code
            """;

    /** The first day of each band of lead times. */
    private static final List<Integer> BANDS = List.of(0, 1, 4, 8, 15, 31);

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
     * @param insurances by name, without those that had no visit; patients who pay themselves last
     * @param leadTimes by how long before a visit it was booked, the shortest first
     * @param answers by what the patient said and who recorded it
     * @param confirmed visits to which the patient said yes, whoever recorded it
     * @param unanswered visits about which the patient said nothing
     * @param cancellations why visits were cancelled, the most frequent first
     * @param noShows why visits were missed, the most frequent first
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
            List<OfInsurance> insurances,
            List<LeadTime> leadTimes,
            List<Answer> answers,
            Outcomes confirmed,
            Outcomes unanswered,
            List<Cancellations> cancellations,
            List<NoShows> noShows,
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
     * Visits by who pays them.
     *
     * @param id null for the patient
     * @param name null for the patient
     * @param outcomes what became of their visits
     */
    @Schema(name = "AttendanceByInsurance")
    record OfInsurance(
            @Schema(example = "01937f3e-0000-7000-8000-000000000031") @Nullable UUID id,

            @Schema(example = "OSDE 210") @Nullable String name,
            Outcomes outcomes) {}

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
     * Visits that were missed for the same reason.
     *
     * @param code why; null when nobody found out
     */
    @Schema(name = "NoShowsByReason")
    record NoShows(
            @Schema(
                    allowableValues = {"forgot", "ill", "travel", "occupied", "not-told", "other"},
                    example = "forgot")
            @Nullable String code,

            @Schema(example = "7") int count) {}

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
        var counted = read(period, zone);
        var total = ofKind(counted, "total").getFirst();
        var answers = ofKind(counted, "answer").stream()
                .map(row -> new Answer(row.participation(), row.answeredBy(), row.outcomes()))
                .toList();
        var bands = ofKind(counted, "lead-time").stream().collect(Collectors.toMap(Counted::band, Counted::outcomes));
        return new Attendance(
                zone.getId(),
                period.from(),
                period.to(),
                total.outcomes(),
                ofKind(counted, "week").stream()
                        .map(row -> new Week(row.week(), row.outcomes()))
                        .toList(),
                named(counted, "practitioner"),
                named(counted, "service"),
                ofKind(counted, "insurance").stream()
                        .map(row -> new OfInsurance(row.insurance(), row.name(), row.outcomes()))
                        .toList(),
                IntStream.range(0, BANDS.size())
                        .mapToObj(i -> new LeadTime(
                                BANDS.get(i),
                                i + 1 < BANDS.size() ? BANDS.get(i + 1) - 1 : null,
                                bands.getOrDefault(BANDS.get(i), Outcomes.NONE)))
                        .toList(),
                answers,
                together(answers, "accepted"),
                together(answers, "needs-action"),
                ofKind(counted, "cancellation").stream()
                        .filter(row -> row.outcomes().cancelled() > 0)
                        .map(row -> new Cancellations(row.code(), row.outcomes().cancelled()))
                        .toList(),
                ofKind(counted, "no-show").stream()
                        .filter(row -> row.outcomes().missed() > 0)
                        .map(row -> new NoShows(row.code(), row.outcomes().missed()))
                        .toList(),
                total.freed());
    }

    /** A group of visits; what does not say which it is, is null. */
    private record Counted(
            String kind,
            LocalDate week,
            UUID id,
            @Nullable UUID insurance,
            String name,
            int band,
            String participation,
            String answeredBy,
            @Nullable String code,
            Outcomes outcomes,
            FreedHours freed) {}

    private static List<Counted> ofKind(List<Counted> counted, String kind) {
        return counted.stream().filter(row -> row.kind().equals(kind)).toList();
    }

    private static List<Named> named(List<Counted> counted, String kind) {
        return ofKind(counted, kind).stream()
                .map(row -> new Named(row.id(), row.name(), row.outcomes()))
                .toList();
    }

    @SuppressWarnings("NullAway") // what a kind has not is not read
    private List<Counted> read(Period period, ZoneId zone) {
        var now = clock.instant();
        return jdbc.sql(COUNTED)
                .param("org", CurrentOrganization.id())
                .param("begins", SqlTime.at(period.begins(zone)))
                .param("ends", SqlTime.at(period.ends(zone, now)))
                .param("now", SqlTime.at(now))
                .param("practitioner", period.practitionerId())
                .param("service", period.healthcareServiceId())
                .query((row, n) -> new Counted(
                        row.getString("kind"),
                        row.getObject("week", LocalDate.class),
                        row.getObject(
                                row.getString("kind").equals("service") ? "healthcare_service_id" : "practitioner_id",
                                UUID.class),
                        row.getObject("insurance_id", UUID.class),
                        row.getString("name"),
                        row.getInt("band"),
                        row.getString("participation"),
                        row.getString("answered_by"),
                        row.getString("code"),
                        Outcomes.of(row),
                        freed(row)))
                .list();
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

    private static FreedHours freed(ResultSet row) throws SQLException {
        var median = row.getDouble("minutes");
        var minutes = row.wasNull() ? null : Integer.valueOf(Math.toIntExact(Math.round(median)));
        return new FreedHours(row.getInt("freed"), row.getInt("refilled"), minutes);
    }
}
