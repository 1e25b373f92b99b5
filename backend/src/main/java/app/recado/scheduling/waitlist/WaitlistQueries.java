package app.recado.scheduling.waitlist;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.availability.Availability;
import app.recado.scheduling.availability.ClockTime;
import app.recado.scheduling.availability.Weekday;
import app.recado.scheduling.directory.Offering;
import app.recado.scheduling.waitlist.WaitlistController.EntryView;
import app.recado.scheduling.waitlist.WaitlistController.Named;
import app.recado.scheduling.waitlist.WaitlistController.WaitingPatient;
import app.recado.scheduling.waitlist.WaitlistController.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Shows who waits, and finds whom a free hour would suit. */
@Repository
class WaitlistQueries {

    private static final String LIST = "waitlist";
    private static final int MOST_MATCHES = 100;

    /** The longest visit; the database refuses longer ones. */
    private static final Duration LONGEST = Duration.ofHours(8);

    /** Further away nothing is booked. */
    private static final Duration REACH = Duration.ofDays(2 * 366);

    private static final String SELECT = """
            select e.id, e.first_day, e.last_day, e.priority, e.note, e.appointment_id, e.created_at, e.version,
                   case when e.state = 'active' and e.last_day < :today then 'expired' else e.state end as state,
                   p.id as patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name, p.phone,
                   s.id as service_id, s.name as service_name, d.id as practitioner_id, d.display_name as practitioner_name,
                   l.id as location_id, l.name as location_name
              from waitlist_entry e
              join patient p on p.organization_id = e.organization_id and p.id = e.patient_id
              join healthcare_service s on s.organization_id = e.organization_id and s.id = e.healthcare_service_id
              left join practitioner d on d.organization_id = e.organization_id and d.id = e.practitioner_id
              left join location l on l.organization_id = e.organization_id and l.id = e.location_id
             where e.organization_id = :org
            """;

    private static final String ORDER = " order by e.priority, e.created_at, e.id limit ";

    /**
     * Wall clock is compared with wall clock: windows and days are meant where the visit would take place. A patient's other
     * visits are found by start, as the agenda finds its own.
     */
    private static final String SUITS = """
               and e.state = 'active' and s.active
               and (cast(:service as uuid) is null or e.healthcare_service_id = :service)
               and (e.practitioner_id is null or e.practitioner_id = :practitioner)
               and (e.location_id is null or e.location_id = :location)
               and :start + make_interval(mins => s.duration_minutes) <= :end
               and
            """ + Offering.by("s.id", ":practitioner") + """
               and (e.first_day is null or e.first_day <= :day) and (e.last_day is null or e.last_day >= :day)
               and (not exists (select 1 from waitlist_window w where w.organization_id = :org and w.entry_id = e.id)
                    or exists (select 1 from waitlist_window w
                                where w.organization_id = :org and w.entry_id = e.id and w.day_of_week = :weekday
                                  and :day + make_interval(mins => w.opens) <= :start at time zone :zone
                                  and :day + make_interval(mins => w.closes)
                                      >= (:start + make_interval(mins => s.duration_minutes)) at time zone :zone))
               and not exists (select 1 from appointment a
                                where a.organization_id = :org and a.patient_id = e.patient_id and a.blocking
                                  and a.starts_at >= :earliest and a.starts_at < :start + make_interval(mins => s.duration_minutes)
                                  and a.ends_at > :start)
               and p.archived_at is null
            """;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final Availability availability;
    private final Clock clock;

    WaitlistQueries(
            JdbcClient jdbc,
            Cursors cursors,
            OrganizationProfiles organizations,
            Availability availability,
            Clock clock) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
        this.availability = availability;
        this.clock = clock;
    }

    /**
     * An hour that somebody could have.
     *
     * @param locationId null for wherever the practitioner sees patients then
     * @param serviceId null for any that fits
     */
    record Hour(
            UUID practitionerId,
            Instant start,
            Instant end,
            @Nullable UUID locationId,
            @Nullable UUID serviceId) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public EntryView get(UUID id) {
        return withWindows(asked(" and e.id = :id").param("id", id)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such waitlist entry"));
    }

    /**
     * The urgent ones first, then who waits longest.
     *
     * @param state null for those who wait
     * @param patientId null for all
     */
    @Transactional(readOnly = true)
    public Page<EntryView> list(
            @Nullable WaitlistState state, @Nullable UUID patientId, int limit, @Nullable String cursor) {
        var list = LIST + "/" + (state == null ? "" : state.wireName()) + "/" + (patientId == null ? "" : patientId);
        var after = cursors.open(list, cursor);
        var statement = asked(in(state)
                + (patientId == null ? "" : " and e.patient_id = :patient")
                + (after == null ? "" : " and (e.priority, e.created_at, e.id) > (:priority, :created, :id)")
                + ORDER
                + (limit + 1));
        if (patientId != null) {
            statement = statement.param("patient", patientId);
        }
        if (after != null) {
            statement = statement
                    .param("priority", Integer.valueOf(after.get(0)))
                    .param("created", SqlTime.at(Instant.parse(after.get(1))))
                    .param("id", UUID.fromString(after.get(2)));
        }
        return Page.of(
                withWindows(statement),
                limit,
                last -> cursors.seal(
                        list,
                        String.valueOf(last.priority().ordinal()),
                        last.createdAt().toString(),
                        last.id().toString()));
    }

    /** Each says the stored state in words that its index has. */
    private static String in(@Nullable WaitlistState state) {
        var waits = " and (e.last_day is null or e.last_day >= :today)";
        return switch (state) {
            case null ->
                " and e.state in ('active', 'offered') and (e.state = 'offered' or e.last_day is null or e.last_day >= :today)";
            case ACTIVE -> " and e.state = 'active'" + waits;
            case EXPIRED -> " and e.state = 'active' and e.last_day < :today";
            case OFFERED -> " and e.state = 'offered'";
            case BOOKED -> " and e.state = 'booked'";
            case WITHDRAWN -> " and e.state = 'withdrawn'";
        };
    }

    /**
     * Whom an hour would suit, in the order in which they should be asked.
     *
     * @throws app.recado.kernel.ProblemException {@code practitioner-unknown}, {@code invalid-parameter}
     */
    @Transactional(readOnly = true)
    public List<EntryView> matches(Hour hour) {
        var length = Duration.between(hour.start(), hour.end());
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw Problem.INVALID_PARAMETER.because("An hour ends after it begins, and within 8 hours");
        }
        if (Duration.between(clock.instant(), hour.start()).abs().compareTo(REACH) > 0) {
            throw Problem.INVALID_PARAMETER.because("Visits can be booked for the next two years");
        }
        boolean known = jdbc.sql("select exists (select from practitioner where organization_id = ? and id = ?)")
                .params(CurrentOrganization.id(), hour.practitionerId())
                .query(Boolean.class)
                .single();
        if (!known) {
            throw Problem.PRACTITIONER_UNKNOWN.because("Choose one of the clinic's practitioners");
        }
        var place = availability.place(hour.practitionerId(), hour.start(), hour.end(), hour.locationId(), null);
        var day = hour.start().atZone(place.zone()).toLocalDate();
        return withWindows(asked(SUITS + ORDER + MOST_MATCHES)
                .param("service", hour.serviceId())
                .param("practitioner", hour.practitionerId())
                .param("location", place.locationId())
                .param("start", SqlTime.at(hour.start()))
                .param("end", SqlTime.at(hour.end()))
                .param("earliest", SqlTime.at(hour.start().minus(LONGEST)))
                .param("day", day)
                .param("weekday", day.getDayOfWeek().getValue())
                .param("zone", place.zone().getId()));
    }

    private JdbcClient.StatementSpec asked(String condition) {
        var today = LocalDate.ofInstant(clock.instant(), organizations.current().timeZone());
        return jdbc.sql(SELECT + condition).param("today", today).param("org", CurrentOrganization.id());
    }

    private List<EntryView> withWindows(JdbcClient.StatementSpec statement) {
        var windows = new HashMap<UUID, List<Window>>();
        var found = statement
                .query((row, n) -> {
                    var own = new ArrayList<Window>();
                    windows.put(row.getObject("id", UUID.class), own);
                    return view(row, own);
                })
                .list();
        if (!found.isEmpty()) {
            read(windows);
        }
        return found;
    }

    private void read(Map<UUID, List<Window>> windows) {
        jdbc.sql("""
                select entry_id, day_of_week, opens, closes from waitlist_window
                 where organization_id = :org and entry_id = any(:ids) order by entry_id, day_of_week, opens
                """)
                .param("org", CurrentOrganization.id())
                .param("ids", windows.keySet().toArray(UUID[]::new))
                .query(row -> {
                    windows.computeIfAbsent(row.getObject("entry_id", UUID.class), entry -> new ArrayList<>())
                            .add(new Window(
                                    Weekday.ofIso(row.getInt("day_of_week")),
                                    ClockTime.text(row.getInt("opens")),
                                    ClockTime.text(row.getInt("closes"))));
                });
    }

    private static EntryView view(ResultSet row, List<Window> windows) throws SQLException {
        return new EntryView(
                row.getObject("id", UUID.class),
                new WaitingPatient(
                        row.getObject("patient_id", UUID.class), row.getString("patient_name"), row.getString("phone")),
                new Named(row.getObject("service_id", UUID.class), row.getString("service_name")),
                named(row, "practitioner"),
                named(row, "location"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                windows,
                WaitlistPriority.values()[row.getInt("priority")],
                row.getString("note"),
                WaitlistState.of(row.getString("state")),
                row.getObject("appointment_id", UUID.class),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"));
    }

    private static @Nullable Named named(ResultSet row, String what) throws SQLException {
        var id = row.getObject(what + "_id", UUID.class);
        return id == null ? null : new Named(id, row.getString(what + "_name"));
    }
}
