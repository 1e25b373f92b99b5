package app.recado.scheduling;

import app.recado.customfields.CustomValues;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Days;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.Patients;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Shows appointments. The patient's name, number and wish are joined from the register in SQL: a screen needs one query,
 * and a view may read what a decision must ask {@link Patients} for.
 */
@Repository
class Agenda {

    /** The longest visit; the database refuses longer ones. */
    static final Duration LONGEST = Duration.ofHours(8);

    static final int MOST_DAYS = 42;
    private static final String DAYS = "appointments";
    private static final String OF_PATIENT = "patient-appointments";

    private static final String SELECT = """
            select a.id, a.starts_at, a.ends_at, a.time_zone, a.status, a.participation, a.participation_source,
                   a.participation_text, a.participation_at, a.note, a.cancellation_code, a.cancellation_reason, a.cancelled_by,
                   a.noshow_code, a.noshow_reason,
                   a.cancelled_at, a.arrived_at, a.checked_in_at, a.source, a.outside_hours, a.overbooked, a.capacity, a.series_id, a.custom_fields,
                   a.version, a.created_at,
                   p.id as patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name, p.phone, p.messaging,
                   p.restricted_at is not null as patient_restricted,
                   d.id as practitioner_id, d.display_name as practitioner_name, s.id as service_id, s.name as service_name,
                   l.id as location_id, l.name as location_name, r.id as room_id, r.name as room_name, i.id as insurance_id,
                   i.name as insurance_name, m.state as deposit_state, m.amount_minor, m.currency, m.due_at
              from appointment a
              join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
              join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
              join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
              left join location l on l.organization_id = a.organization_id and l.id = a.location_id
              left join room r on r.organization_id = a.organization_id and r.id = a.room_id
              left join insurance i on i.organization_id = a.organization_id and i.id = a.insurance_id
              left join appointment_deposit m on m.organization_id = a.organization_id and m.appointment_id = a.id
             where a.organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final Patients patients;
    private final ObjectProvider<MessageSummaries> messages;

    Agenda(
            JdbcClient jdbc,
            Cursors cursors,
            OrganizationProfiles organizations,
            Patients patients,
            ObjectProvider<MessageSummaries> messages) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
        this.patients = patients;
        this.messages = messages;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public AppointmentView get(UUID id) {
        var found = jdbc.sql(SELECT + " and a.id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> view(row))
                .list();
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such appointment");
        }
        return withMessages(found).getFirst();
    }

    /**
     * The visits that touch the clinic's days from {@code from} until before {@code to}, whatever length these days have
     * there, in the order in which they begin.
     *
     * <p>Overlap of ranges ({@code &&}) is not leakproof and loses its index behind row-level security. No visit is longer
     * than {@link #LONGEST}, so a range of {@code starts_at} finds the same rows by index.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-parameter} for days out of order or more than six weeks
     */
    @Transactional(readOnly = true)
    public Page<AppointmentView> days(
            LocalDate from, LocalDate to, @Nullable UUID practitionerId, int limit, @Nullable String cursor) {
        Days.requireAtMost(MOST_DAYS, from, to);
        var zone = organizations.current().timeZone();
        var lo = from.atStartOfDay(zone).toInstant();
        var hi = to.atStartOfDay(zone).toInstant();
        var after = cursors.open(DAYS, cursor);
        var statement = jdbc.sql(daysSql(practitionerId != null, after != null, limit))
                .param("org", CurrentOrganization.id())
                .param("earliest", Rows.bound(lo.minus(LONGEST)))
                .param("lo", Rows.bound(lo))
                .param("hi", Rows.bound(hi));
        if (practitionerId != null) {
            statement = statement.param("practitioner", practitionerId);
        }
        return page(DAYS, statement, after, limit);
    }

    /** The text depends on what is asked for only; every value is bound. */
    static String daysSql(boolean ofPractitioner, boolean continued, int limit) {
        return SELECT
                + " and a.starts_at >= :earliest and a.starts_at < :hi and a.ends_at > :lo and a.status <> 'proposed'\n"
                + (ofPractitioner ? " and a.practitioner_id = :practitioner\n" : "")
                + (continued ? " and (a.starts_at, a.id) > (:start, :id)\n" : "")
                + " order by a.starts_at, a.id limit "
                + (limit + 1);
    }

    /**
     * How many visits begin on each of the clinic's days from {@code from} until before {@code to}; days without any are left
     * out.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-parameter} for days out of order or more than six weeks
     */
    @Transactional(readOnly = true)
    public List<DayCounts> counts(LocalDate from, LocalDate to, @Nullable UUID practitionerId) {
        Days.requireAtMost(MOST_DAYS, from, to);
        var zone = organizations.current().timeZone();
        return jdbc.sql("""
                        select cast(starts_at at time zone :zone as date) as day, count(*) as visits,
                               count(*) filter (where status = 'booked' and participation = 'accepted') as confirmed,
                               count(*) filter (where status = 'booked' and participation in ('needs-action', 'tentative'))
                                   as unconfirmed,
                               count(*) filter (where status = 'booked' and participation = 'declined') as declined
                          from appointment
                         where organization_id = :org and starts_at >= :lo and starts_at < :hi
                           and status not in ('cancelled', 'entered-in-error', 'proposed')
                           and (cast(:practitioner as uuid) is null or practitioner_id = :practitioner)
                         group by 1 order by 1
                        """)
                .param("zone", zone.getId())
                .param("org", CurrentOrganization.id())
                .param("lo", Rows.bound(from.atStartOfDay(zone).toInstant()))
                .param("hi", Rows.bound(to.atStartOfDay(zone).toInstant()))
                .param("practitioner", practitionerId)
                .query((row, n) -> new DayCounts(
                        row.getObject("day", LocalDate.class),
                        row.getInt("visits"),
                        row.getInt("confirmed"),
                        row.getInt("unconfirmed"),
                        row.getInt("declined")))
                .list();
    }

    /**
     * How many visits a day has. Whoever has come, or is over, counts as a visit alone.
     *
     * @param date the clinic's day
     * @param visits all that were not cancelled
     * @param confirmed booked ones to which the patient said yes
     * @param unconfirmed booked ones to which nobody has said anything yet
     * @param declined booked ones to which the patient said no
     */
    @Schema(name = "AppointmentCountsOfDay")
    record DayCounts(
            @Schema(example = "2026-11-25") LocalDate date,
            @Schema(example = "18") int visits,
            @Schema(example = "11") int confirmed,
            @Schema(example = "6") int unconfirmed,
            @Schema(example = "1") int declined) {}

    /** Every visit of a patient, the latest first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for an unknown patient */
    @Transactional(readOnly = true)
    public Page<AppointmentView> ofPatient(UUID patientId, int limit, @Nullable String cursor) {
        if (!patients.exists(patientId)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        var list = OF_PATIENT + "/" + patientId;
        var after = cursors.open(list, cursor);
        var sql = SELECT + " and a.patient_id = :patient\n"
                + (after == null ? "" : " and (a.starts_at, a.id) < (:start, :id)\n")
                + " order by a.starts_at desc, a.id desc limit "
                + (limit + 1);
        var statement = jdbc.sql(sql).param("org", CurrentOrganization.id()).param("patient", patientId);
        return page(list, statement, after, limit);
    }

    /** Visits that begin after another one and before some moment, without their messages; in the order in which they begin. */
    List<AppointmentView> after(Instant start, UUID id, Instant until, int atMost) {
        return jdbc.sql(SELECT
                        + " and a.starts_at >= :start and (a.starts_at, a.id) > (:start, :id) and a.starts_at < :until"
                        + " order by a.starts_at, a.id limit " + atMost)
                .param("org", CurrentOrganization.id())
                .param("start", Rows.bound(start))
                .param("id", id)
                .param("until", Rows.bound(until))
                .query((row, n) -> view(row))
                .list();
    }

    /** These visits, in the order in which they begin; unknown ones are left out. */
    List<AppointmentView> all(Collection<UUID> ids) {
        return withMessages(jdbc.sql(SELECT + " and a.id = any(:ids) order by a.starts_at, a.id")
                .param("org", CurrentOrganization.id())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> view(row))
                .list());
    }

    /** The visits of a series, in the order in which they begin; a series has no more than a list shows. */
    List<AppointmentView> ofSeries(UUID seriesId) {
        return withMessages(jdbc.sql(SELECT + " and a.series_id = :series order by a.starts_at, a.id")
                .param("org", CurrentOrganization.id())
                .param("series", seriesId)
                .query((row, n) -> view(row))
                .list());
    }

    private Page<AppointmentView> page(
            String list, JdbcClient.StatementSpec statement, @Nullable List<String> after, int limit) {
        var bound = after == null
                ? statement
                : statement
                        .param("start", Rows.bound(Instant.parse(after.get(0))))
                        .param("id", UUID.fromString(after.get(1)));
        var rows = bound.query((row, n) -> view(row)).list();
        var page = Page.of(
                rows,
                limit,
                last -> cursors.seal(list, last.start().toString(), last.id().toString()));
        return new Page<>(withMessages(page.items()), page.nextCursor());
    }

    private List<AppointmentView> withMessages(List<AppointmentView> found) {
        var sender = messages.getIfAvailable();
        if (sender == null || found.isEmpty()) {
            return found;
        }
        Map<UUID, MessageSummary> latest =
                sender.latest(found.stream().map(AppointmentView::id).toList());
        return found.stream().map(visit -> visit.with(latest.get(visit.id()))).toList();
    }

    private static AppointmentView.@Nullable LocationOfVisit location(ResultSet row) throws SQLException {
        var name = row.getString("location_name");
        return name == null ? null : new AppointmentView.LocationOfVisit(Rows.id(row, "location_id"), name);
    }

    private static AppointmentView.@Nullable RoomOfVisit room(ResultSet row) throws SQLException {
        var name = row.getString("room_name");
        return name == null ? null : new AppointmentView.RoomOfVisit(Rows.id(row, "room_id"), name);
    }

    private static AppointmentView.@Nullable InsuranceOfVisit insurance(ResultSet row) throws SQLException {
        var name = row.getString("insurance_name");
        return name == null ? null : new AppointmentView.InsuranceOfVisit(Rows.id(row, "insurance_id"), name);
    }

    private static AppointmentView.@Nullable DepositOfVisit deposit(ResultSet row) throws SQLException {
        var state = row.getString("deposit_state");
        return state == null
                ? null
                : new AppointmentView.DepositOfVisit(
                        DepositState.of(state),
                        row.getLong("amount_minor"),
                        row.getString("currency"),
                        Rows.instant(row, "due_at"));
    }

    private static @Nullable Instant reinstatableUntil(ResultSet row) throws SQLException {
        var cancelledAt = Rows.instantOrNull(row, "cancelled_at");
        return cancelledAt == null || !AppointmentHistory.STAFF.equals(row.getString("cancelled_by"))
                ? null
                : cancelledAt.plus(Appointment.REINSTATABLE);
    }

    private static AppointmentView view(ResultSet row) throws SQLException {
        return new AppointmentView(
                Rows.id(row, "id"),
                new AppointmentView.PatientOfVisit(
                        Rows.id(row, "patient_id"),
                        row.getString("patient_name"),
                        row.getString("phone"),
                        row.getString("messaging"),
                        row.getBoolean("patient_restricted")),
                new AppointmentView.PractitionerOfVisit(
                        Rows.id(row, "practitioner_id"), row.getString("practitioner_name")),
                new AppointmentView.ServiceOfVisit(Rows.id(row, "service_id"), row.getString("service_name")),
                location(row),
                room(row),
                insurance(row),
                Rows.instant(row, "starts_at"),
                Rows.instant(row, "ends_at"),
                row.getString("time_zone"),
                AppointmentStatus.of(row.getString("status")),
                Participation.of(row.getString("participation")),
                row.getString("participation_source"),
                row.getString("participation_text"),
                Rows.instantOrNull(row, "participation_at"),
                row.getString("note"),
                row.getString("cancellation_code") == null
                        ? null
                        : CancellationCode.of(row.getString("cancellation_code")),
                row.getString("cancellation_reason"),
                row.getString("noshow_code") == null ? null : NoShowCode.of(row.getString("noshow_code")),
                row.getString("noshow_reason"),
                reinstatableUntil(row),
                Rows.instantOrNull(row, "arrived_at"),
                Rows.instantOrNull(row, "checked_in_at"),
                AppointmentSource.of(row.getString("source")),
                row.getBoolean("outside_hours"),
                row.getBoolean("overbooked"),
                row.getObject("capacity", Integer.class),
                deposit(row),
                row.getObject("series_id", UUID.class),
                CustomValues.of(row.getString("custom_fields")).listed(),
                null,
                row.getLong("version"),
                Rows.instant(row, "created_at"));
    }
}
