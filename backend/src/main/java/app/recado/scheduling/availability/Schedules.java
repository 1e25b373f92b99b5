package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.FieldProblem;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Constraints;
import app.recado.scheduling.availability.ScheduleController.HoursOfDay;
import app.recado.scheduling.availability.ScheduleController.HoursOfDayInput;
import app.recado.scheduling.availability.ScheduleController.ScheduleInput;
import app.recado.scheduling.availability.ScheduleController.ScheduleView;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The clinic's and its practitioners' usual weeks. */
@Service
class Schedules {

    private static final String SELECT = """
            select s.id, s.practitioner_id, s.valid_from, s.version, h.day_of_week, h.opens, h.closes, h.location_id
              from schedule s
              left join schedule_hours h on h.organization_id = s.organization_id and h.schedule_id = s.id
             where s.organization_id = :org
            """;
    private static final String ORDER =
            " order by s.practitioner_id nulls first, s.valid_from, s.id, h.day_of_week, h.opens";

    private final JdbcClient jdbc;
    private final OwnedRows rows;
    private final LiveHints hints;
    private final Clock clock;

    Schedules(JdbcClient jdbc, OwnedRows rows, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.hints = hints;
        this.clock = clock;
    }

    /** All of the clinic: its own first, then by practitioner, each in the order in which they begin. */
    @Transactional(readOnly = true)
    public List<ScheduleView> all() {
        return read(jdbc.sql(SELECT + ORDER).param("org", CurrentOrganization.id()));
    }

    /** @throws ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public ScheduleView get(UUID id) {
        var found = read(jdbc.sql(SELECT + " and s.id = :id" + ORDER)
                .param("org", CurrentOrganization.id())
                .param("id", id));
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because(OwnedRows.Kind.SCHEDULE.missing);
        }
        return found.getFirst();
    }

    /** @throws ProblemException {@code practitioner-unknown}, {@code invalid-fields} */
    @Transactional
    public ScheduleView create(ScheduleInput input) {
        check(input);
        var id = Ids.next();
        refusing(() -> jdbc.sql("""
                insert into schedule (organization_id, id, practitioner_id, valid_from, created_at, created_by, version)
                values (:org, :id, :practitioner, :from, :now, :caller, 0)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("practitioner", input.practitionerId())
                .param("from", input.validFrom())
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.current().subject())
                .update());
        store(id, input.hours());
        return get(id);
    }

    /** @throws ProblemException {@code not-found}, {@code stale}, {@code practitioner-unknown}, {@code invalid-fields} */
    @Transactional
    public ScheduleView replace(UUID id, ExpectedVersion expected, ScheduleInput input) {
        check(input);
        rows.hold(OwnedRows.Kind.SCHEDULE, id, expected);
        refusing(() -> jdbc.sql("""
                update schedule set practitioner_id = :practitioner, valid_from = :from, version = version + 1
                 where organization_id = :org and id = :id
                """)
                .param("practitioner", input.practitionerId())
                .param("from", input.validFrom())
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update());
        jdbc.sql("delete from schedule_hours where organization_id = ? and schedule_id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        store(id, input.hours());
        return get(id);
    }

    /** Takes the schedule away; the one before it, or the clinic's, counts again.
     *
     * @throws ProblemException {@code not-found}, {@code stale} */
    @Transactional
    public void remove(UUID id, ExpectedVersion expected) {
        rows.remove(OwnedRows.Kind.SCHEDULE, id, expected);
    }

    private void store(UUID id, List<HoursOfDayInput> hours) {
        for (var one : hours) {
            jdbc.sql("""
                    insert into schedule_hours (organization_id, schedule_id, day_of_week, opens, closes, location_id)
                    values (:org, :id, :day, :opens, :closes, :location)
                    """)
                    .param("org", CurrentOrganization.id())
                    .param("id", id)
                    .param("day", one.day().iso())
                    .param("opens", ClockTime.minutes(one.from()))
                    .param("closes", ClockTime.minutes(one.until()))
                    .param("location", one.locationId())
                    .update();
        }
        hints.changed(LiveHints.Kind.SCHEDULE, id);
    }

    private void check(ScheduleInput input) {
        rows.requireOwner(input.practitionerId());
        for (int i = 0; i < input.hours().size(); i++) {
            rows.requireLocation(input.hours().get(i).locationId(), "/hours/" + i + "/locationId");
        }
        var wrong = new ArrayList<FieldProblem>();
        for (var day : Weekday.values()) {
            var check = new HoursCheck();
            for (int i = 0; i < input.hours().size(); i++) {
                var one = input.hours().get(i);
                if (one.day() == day) {
                    check.add("/hours/" + i, one.from(), one.until());
                }
            }
            wrong.addAll(check.wrong());
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.INVALID_FIELDS, Problem.INVALID_FIELDS.title(), wrong);
        }
    }

    private static void refusing(Runnable change) {
        try {
            change.run();
        } catch (DataIntegrityViolationException refused) {
            if (Constraints.nameIn(refused).equals("schedule_begins")) {
                throw Problem.INVALID_FIELDS.at("/validFrom", "already-exists", "Another schedule begins on that day");
            }
            throw refused;
        }
    }

    private static List<ScheduleView> read(JdbcClient.StatementSpec statement) {
        var found = new LinkedHashMap<UUID, ScheduleView>();
        statement.query(row -> {
            var id = row.getObject("id", UUID.class);
            var schedule = found.get(id);
            if (schedule == null) {
                schedule = new ScheduleView(
                        id,
                        row.getObject("practitioner_id", UUID.class),
                        row.getObject("valid_from", LocalDate.class),
                        new ArrayList<>(),
                        row.getLong("version"));
                found.put(id, schedule);
            }
            int day = row.getInt("day_of_week");
            if (!row.wasNull()) {
                schedule.hours()
                        .add(new HoursOfDay(
                                Weekday.ofIso(day),
                                ClockTime.text(row.getInt("opens")),
                                ClockTime.text(row.getInt("closes")),
                                row.getObject("location_id", UUID.class)));
            }
        });
        return List.copyOf(found.values());
    }
}
