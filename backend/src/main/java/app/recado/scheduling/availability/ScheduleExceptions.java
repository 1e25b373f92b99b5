package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Days;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.FieldProblem;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Constraints;
import app.recado.scheduling.availability.ScheduleExceptionController.ExceptionInput;
import app.recado.scheduling.availability.ScheduleExceptionController.ExceptionView;
import app.recado.scheduling.availability.ScheduleExceptionController.Hours;
import app.recado.scheduling.availability.ScheduleExceptionController.HoursInput;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Days that differ from the usual week: holidays, congresses, a Monday that begins in the afternoon. */
@Service
class ScheduleExceptions {

    /** A leave of absence longer than a year is a schedule without hours. */
    private static final int MOST_DAYS = 366;

    private static final String SELECT = """
            select e.id, e.practitioner_id, e.first_day, e.last_day, e.reason, e.version, h.opens, h.closes,
                   h.location_id
              from schedule_exception e
              left join schedule_exception_hours h on h.organization_id = e.organization_id and h.exception_id = e.id
             where e.organization_id = :org
            """;
    private static final String ORDER = " order by e.first_day, e.id, h.opens";

    private final JdbcClient jdbc;
    private final OwnedRows rows;
    private final LiveHints hints;
    private final Clock clock;

    ScheduleExceptions(JdbcClient jdbc, OwnedRows rows, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.hints = hints;
        this.clock = clock;
    }

    /** Those that touch a day from {@code from} until before {@code to}, in the order in which they begin. */
    @Transactional(readOnly = true)
    public List<ExceptionView> between(LocalDate from, LocalDate to) {
        Days.requireAtMost(2 * MOST_DAYS, from, to);
        return read(jdbc.sql(SELECT + " and e.first_day < :to and e.last_day >= :from" + ORDER)
                .param("org", CurrentOrganization.id())
                .param("from", from)
                .param("to", to));
    }

    /** @throws ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public ExceptionView get(UUID id) {
        var found = read(jdbc.sql(SELECT + " and e.id = :id" + ORDER)
                .param("org", CurrentOrganization.id())
                .param("id", id));
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because(OwnedRows.Kind.EXCEPTION.missing);
        }
        return found.getFirst();
    }

    /** @throws ProblemException {@code practitioner-unknown}, {@code invalid-fields} */
    @Transactional
    public ExceptionView create(ExceptionInput input) {
        check(input);
        var id = Ids.next();
        refusing(() -> jdbc.sql("""
                insert into schedule_exception (organization_id, id, practitioner_id, first_day, last_day, reason,
                                                created_at, created_by, version)
                values (:org, :id, :practitioner, :first, :last, :reason, :now, :caller, 0)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("practitioner", input.practitionerId())
                .param("first", input.firstDay())
                .param("last", input.lastDay())
                .param("reason", blankToNull(input.reason()))
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.current().subject())
                .update());
        store(id, input.hours());
        return get(id);
    }

    /** @throws ProblemException {@code not-found}, {@code stale}, {@code practitioner-unknown}, {@code invalid-fields} */
    @Transactional
    public ExceptionView replace(UUID id, ExpectedVersion expected, ExceptionInput input) {
        check(input);
        rows.hold(OwnedRows.Kind.EXCEPTION, id, expected);
        refusing(() -> jdbc.sql("""
                update schedule_exception
                   set practitioner_id = :practitioner, first_day = :first, last_day = :last, reason = :reason,
                       version = version + 1
                 where organization_id = :org and id = :id
                """)
                .param("practitioner", input.practitionerId())
                .param("first", input.firstDay())
                .param("last", input.lastDay())
                .param("reason", blankToNull(input.reason()))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update());
        jdbc.sql("delete from schedule_exception_hours where organization_id = ? and exception_id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        store(id, input.hours());
        return get(id);
    }

    /** The usual week counts again on those days.
     *
     * @throws ProblemException {@code not-found}, {@code stale} */
    @Transactional
    public void remove(UUID id, ExpectedVersion expected) {
        rows.remove(OwnedRows.Kind.EXCEPTION, id, expected);
    }

    private void store(UUID id, List<HoursInput> hours) {
        for (var one : hours) {
            jdbc.sql("""
                    insert into schedule_exception_hours (organization_id, exception_id, opens, closes, location_id)
                    values (:org, :id, :opens, :closes, :location)
                    """)
                    .param("org", CurrentOrganization.id())
                    .param("id", id)
                    .param("opens", ClockTime.minutes(one.from()))
                    .param("closes", ClockTime.minutes(one.until()))
                    .param("location", one.locationId())
                    .update();
        }
        hints.changed(LiveHints.Kind.SCHEDULE, id);
    }

    private void check(ExceptionInput input) {
        rows.requireOwner(input.practitionerId());
        var check = new HoursCheck();
        for (int i = 0; i < input.hours().size(); i++) {
            rows.requireLocation(input.hours().get(i).locationId(), "/hours/" + i + "/locationId");
            check.add(
                    "/hours/" + i,
                    input.hours().get(i).from(),
                    input.hours().get(i).until());
        }
        var wrong = new ArrayList<>(check.wrong());
        long days = ChronoUnit.DAYS.between(input.firstDay(), input.lastDay());
        if (days < 0) {
            wrong.add(new FieldProblem("/lastDay", "not-after-start", "The last day is not before the first"));
        } else if (days > MOST_DAYS) {
            wrong.add(new FieldProblem("/lastDay", "out-of-range", "A year at most; longer is a schedule of its own"));
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.INVALID_FIELDS, Problem.INVALID_FIELDS.title(), wrong);
        }
    }

    private static void refusing(Runnable change) {
        try {
            change.run();
        } catch (DataIntegrityViolationException refused) {
            if (Constraints.nameIn(refused).equals("schedule_exception_apart")) {
                throw Problem.INVALID_FIELDS.at("/firstDay", "overlaps", "Another exception has some of these days");
            }
            throw refused;
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static List<ExceptionView> read(JdbcClient.StatementSpec statement) {
        var found = new LinkedHashMap<UUID, ExceptionView>();
        statement.query(row -> {
            var id = row.getObject("id", UUID.class);
            var exception = found.get(id);
            if (exception == null) {
                exception = new ExceptionView(
                        id,
                        row.getObject("practitioner_id", UUID.class),
                        row.getObject("first_day", LocalDate.class),
                        row.getObject("last_day", LocalDate.class),
                        new ArrayList<>(),
                        row.getString("reason"),
                        row.getLong("version"));
                found.put(id, exception);
            }
            int opens = row.getInt("opens");
            if (!row.wasNull()) {
                exception
                        .hours()
                        .add(new Hours(
                                ClockTime.text(opens),
                                ClockTime.text(row.getInt("closes")),
                                row.getObject("location_id", UUID.class)));
            }
        });
        return List.copyOf(found.values());
    }
}
