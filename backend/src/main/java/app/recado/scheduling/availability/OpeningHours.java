package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the schedules, exceptions and holidays of some days at once and answers for each practitioner and day. */
@Repository
class OpeningHours {

    private static final String SCHEDULES = """
            select s.id, s.practitioner_id, s.valid_from, h.day_of_week, h.opens, h.closes, h.location_id
              from schedule s
              left join schedule_hours h on h.organization_id = s.organization_id and h.schedule_id = s.id
             where s.organization_id = :org and s.valid_from < :to
               and (s.practitioner_id is null or s.practitioner_id = any(:practitioners))
             order by s.valid_from, s.id, h.day_of_week, h.opens
            """;

    private static final String EXCEPTIONS = """
            select e.id, e.practitioner_id, e.first_day, e.last_day, h.opens, h.closes, h.location_id
              from schedule_exception e
              left join schedule_exception_hours h on h.organization_id = e.organization_id and h.exception_id = e.id
             where e.organization_id = :org and e.first_day < :to and e.last_day >= :from
               and (e.practitioner_id is null or e.practitioner_id = any(:practitioners))
             order by e.id, h.opens
            """;

    private final JdbcClient jdbc;
    private final Holidays holidays;

    OpeningHours(JdbcClient jdbc, Holidays holidays) {
        this.jdbc = jdbc;
        this.holidays = holidays;
    }

    /** The hours of these practitioners from a day until before another. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Hours of(Collection<UUID> practitioners, LocalDate from, LocalDate to) {
        var ids = practitioners.toArray(UUID[]::new);
        var weeks = new HashMap<@Nullable UUID, NavigableMap<LocalDate, WeekHours>>();
        jdbc.sql(SCHEDULES)
                .param("org", CurrentOrganization.id())
                .param("to", to)
                .param("practitioners", ids)
                .query(row -> {
                    var week = weeks.computeIfAbsent(
                                    row.getObject("practitioner_id", UUID.class), whose -> new TreeMap<>())
                            .computeIfAbsent(row.getObject("valid_from", LocalDate.class), day -> new WeekHours());
                    var span = span(row);
                    if (span != null) {
                        week.add(row.getInt("day_of_week"), span);
                    }
                });
        var exceptions = new HashMap<@Nullable UUID, List<Days>>();
        var known = new HashMap<UUID, Days>();
        jdbc.sql(EXCEPTIONS)
                .param("org", CurrentOrganization.id())
                .param("from", from)
                .param("to", to)
                .param("practitioners", ids)
                .query(row -> {
                    var id = row.getObject("id", UUID.class);
                    var days = known.get(id);
                    if (days == null) {
                        days = new Days(
                                row.getObject("first_day", LocalDate.class),
                                row.getObject("last_day", LocalDate.class),
                                new ArrayList<>());
                        known.put(id, days);
                        exceptions
                                .computeIfAbsent(
                                        row.getObject("practitioner_id", UUID.class), whose -> new ArrayList<>())
                                .add(days);
                    }
                    var span = span(row);
                    if (span != null) {
                        days.spans().add(span);
                    }
                });
        var closedOn = new HashMap<LocalDate, String>();
        for (var holiday : holidays.between(from, to)) {
            if (!holiday.open()) {
                closedOn.put(holiday.day(), holiday.name());
            }
        }
        return new Hours(weeks, exceptions, closedOn);
    }

    private static @Nullable Span span(ResultSet row) throws SQLException {
        int opens = row.getInt("opens");
        return row.wasNull() ? null : new Span(opens, row.getInt("closes"), row.getObject("location_id", UUID.class));
    }

    /** Days that differ from the week; closed without spans. */
    record Days(LocalDate first, LocalDate last, List<Span> spans) {
        boolean contain(LocalDate date) {
            return !date.isBefore(first) && !date.isAfter(last);
        }

        boolean isOneDay() {
            return first.equals(last);
        }
    }

    /**
     * What was read for some practitioners and days. The first rule that says something about a day decides it:
     *
     * <ol>
     *   <li>an exception of the practitioner;
     *   <li>an exception of the clinic: of the practitioner's hours, what falls within its hours, nothing when closed;
     *   <li>the practitioner's schedule, the latest that has begun;
     *   <li>the clinic's schedule, the latest that has begun;
     *   <li>{@link WeekHours#ASSUMED}, so that a new clinic can book before it says when it is open.
     * </ol>
     *
     * On a holiday an exception counts only when it was made for that day alone: hours of a whole summer say nothing about
     * the holidays in it. Without one everybody is closed.
     *
     * @param holidays names of the public holidays on which the clinic does not work
     */
    record Hours(
            Map<@Nullable UUID, NavigableMap<LocalDate, WeekHours>> weeks,
            Map<@Nullable UUID, List<Days>> exceptions,
            Map<LocalDate, String> holidays) {

        List<Span> on(LocalDate date, UUID practitioner) {
            var own = exception(practitioner, date);
            if (own != null) {
                return own.spans();
            }
            var usual = week(practitioner, date).on(date.getDayOfWeek());
            var clinics = exception(null, date);
            if (clinics != null) {
                return Span.common(usual, clinics.spans());
            }
            return holidays.containsKey(date) ? List.of() : usual;
        }

        /** The name of the holiday on which a day is closed; null when it has hours or is none. */
        @Nullable String holiday(LocalDate date, UUID practitioner) {
            return on(date, practitioner).isEmpty() ? holidays.get(date) : null;
        }

        /** True when nobody has said when the clinic or this practitioner works on that day. */
        boolean assumed(LocalDate date, UUID practitioner) {
            return exception(practitioner, date) == null && week(practitioner, date) == WeekHours.ASSUMED;
        }

        private WeekHours week(UUID practitioner, LocalDate date) {
            var own = begun(practitioner, date);
            if (own != null) {
                return own;
            }
            var clinics = begun(null, date);
            return clinics == null ? WeekHours.ASSUMED : clinics;
        }

        private @Nullable WeekHours begun(@Nullable UUID whose, LocalDate date) {
            var all = weeks.get(whose);
            var latest = all == null ? null : all.floorEntry(date);
            return latest == null ? null : latest.getValue();
        }

        private @Nullable Days exception(@Nullable UUID whose, LocalDate date) {
            boolean holiday = holidays.containsKey(date);
            for (var days : exceptions.getOrDefault(whose, List.of())) {
                if (days.contain(date) && (days.isOneDay() || !holiday)) {
                    return days;
                }
            }
            return null;
        }
    }
}
