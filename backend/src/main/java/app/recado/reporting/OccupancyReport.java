package app.recado.reporting;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import app.recado.scheduling.availability.Availability;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** How much of the open time had a patient in it, by practitioner, day of the week and hour. */
@Repository
class OccupancyReport {

    private static final String VISITS = """
            select distinct a.practitioner_id, a.starts_at, a.ends_at, case when a.seat is null then a.id end as alone
              from appointment a
             where a.organization_id = :org and a.starts_at >= :earliest and a.starts_at < :ends and a.ends_at > :begins
               and a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')
               and (cast(:practitioner as uuid) is null or a.practitioner_id = :practitioner)
            """;

    private static final String PRACTITIONERS = """
            select id, display_name, active from practitioner
             where organization_id = :org and (cast(:practitioner as uuid) is null or id = :practitioner)
             order by display_name, id
            """;

    /** No visit is longer; the database refuses it. */
    private static final int LONGEST_VISIT_HOURS = 8;

    private final JdbcClient jdbc;
    private final Availability availability;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    OccupancyReport(JdbcClient jdbc, Availability availability, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.availability = availability;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * What was measured.
     *
     * @param timeZone the zone of the clinic's days and hours
     * @param from the first day
     * @param to the day after the last
     * @param items by the practitioner's name, without those who were neither open nor had visits
     */
    @Schema(name = "OccupancyReport")
    record Occupancy(
            String timeZone,
            @Schema(example = "2026-08-24") LocalDate from,
            @Schema(example = "2026-11-23") LocalDate to,
            List<OfPractitioner> items) {}

    /**
     * A practitioner's time.
     *
     * @param openMinutes minutes in which they saw patients by their hours
     * @param busyMinutes minutes with a visit, those outside the hours included; a visit that was missed or cancelled
     *     leaves its time empty
     * @param hours by day of the week and hour, without those that were neither open nor busy
     */
    @Schema(name = "OccupancyOfPractitioner")
    record OfPractitioner(
            UUID practitionerId,
            String displayName,
            @Schema(example = "7800") int openMinutes,
            @Schema(example = "6396") int busyMinutes,
            List<OfHour> hours) {}

    /**
     * An hour of the week, all weeks together.
     *
     * @param dayOfWeek 1 is Monday, 7 is Sunday (ISO 8601)
     * @param hour from 0 to 23, as the clinic's clock shows it
     * @param openMinutes minutes in which the practitioner saw patients by their hours
     * @param busyMinutes minutes with a visit
     */
    @Schema(name = "OccupancyOfHour")
    record OfHour(
            @Schema(example = "3", minimum = "1", maximum = "7")
            int dayOfWeek,

            @Schema(example = "10", minimum = "0", maximum = "23")
            int hour,

            @Schema(example = "780") int openMinutes,
            @Schema(example = "741") int busyMinutes) {}

    /** @throws app.recado.kernel.ProblemException {@code practitioner-unknown} */
    @Transactional(readOnly = true)
    public Occupancy of(Period period) {
        var zone = organizations.current().timeZone();
        var begins = period.begins(zone);
        var ends = period.ends(zone, clock.instant());
        var practitioners = practitioners(period);
        var weeks = new HashMap<UUID, Week>();
        if (begins.isBefore(ends)) {
            // Who has left has no hours any more, only the visits of then.
            if (practitioners.stream().anyMatch(Practitioner::active)) {
                addOpenTime(weeks, period, zone, ends);
            }
            addVisits(weeks, period, zone, begins, ends);
        }
        var items = practitioners.stream()
                .filter(one -> weeks.containsKey(one.id()))
                .map(one -> week(weeks, one.id()).of(one.id(), one.name()))
                .toList();
        return new Occupancy(zone.getId(), period.from(), period.to(), items);
    }

    private record Practitioner(UUID id, String name, boolean active) {}

    private List<Practitioner> practitioners(Period period) {
        var found = jdbc.sql(PRACTITIONERS)
                .param("org", CurrentOrganization.id())
                .param("practitioner", period.practitionerId())
                .query((row, n) -> new Practitioner(
                        row.getObject("id", UUID.class), row.getString("display_name"), row.getBoolean("active")))
                .list();
        if (period.practitionerId() != null && found.isEmpty()) {
            throw Problem.PRACTITIONER_UNKNOWN.because("Choose one of the clinic's practitioners");
        }
        return found;
    }

    private void addOpenTime(Map<UUID, Week> weeks, Period period, ZoneId zone, Instant ends) {
        var lastDay = ends.minusNanos(1).atZone(zone).toLocalDate().plusDays(1);
        for (var from = period.from(); from.isBefore(lastDay); from = from.plusDays(Availability.MOST_DAYS)) {
            var to = from.plusDays(Availability.MOST_DAYS);
            for (var day : availability.openDays(period.practitionerId(), from, to.isBefore(lastDay) ? to : lastDay)) {
                for (var open : day.open()) {
                    var end = open.end().isBefore(ends) ? open.end() : ends;
                    week(weeks, day.practitionerId()).add(open.start(), end, zone, Week.OPEN);
                }
            }
        }
    }

    private void addVisits(Map<UUID, Week> weeks, Period period, ZoneId zone, Instant begins, Instant ends) {
        jdbc.sql(VISITS)
                .param("org", CurrentOrganization.id())
                .param("earliest", SqlTime.at(begins.minus(LONGEST_VISIT_HOURS, ChronoUnit.HOURS)))
                .param("begins", SqlTime.at(begins))
                .param("ends", SqlTime.at(ends))
                .param("practitioner", period.practitionerId())
                .query(row -> {
                    var start = SqlTime.instant(row, "starts_at");
                    var end = SqlTime.instant(row, "ends_at");
                    week(weeks, row.getObject("practitioner_id", UUID.class))
                            .add(
                                    start.isBefore(begins) ? begins : start,
                                    end.isAfter(ends) ? ends : end,
                                    zone,
                                    Week.BUSY);
                });
    }

    private static Week week(Map<UUID, Week> weeks, UUID practitioner) {
        return weeks.computeIfAbsent(practitioner, whose -> new Week());
    }

    /** Minutes by day of the week and hour: open ones and busy ones. */
    private static final class Week {

        static final int OPEN = 0;
        static final int BUSY = 1;

        private static final int DAYS = 7;
        private static final int HOURS = 24;

        private final int[][] minutes = new int[DAYS * HOURS][2];

        /** Adds a stretch hour by hour of the wall clock; nothing when it is empty. */
        void add(Instant start, Instant end, ZoneId zone, int kind) {
            var at = start;
            while (at.isBefore(end)) {
                var local = at.atZone(zone);
                // In instants: where a clock change repeats an hour, it lasts two.
                var next = at.plusSeconds(3600L - local.getMinute() * 60L - local.getSecond());
                var until = next.isBefore(end) ? next : end;
                var cell = (local.getDayOfWeek().getValue() - 1) * HOURS + local.getHour();
                minutes[cell][kind] += Math.toIntExact(ChronoUnit.MINUTES.between(at, until));
                at = until;
            }
        }

        OfPractitioner of(UUID id, String name) {
            var hours = new ArrayList<OfHour>();
            var open = 0;
            var busy = 0;
            for (var cell = 0; cell < minutes.length; cell++) {
                var both = minutes[cell];
                open += both[OPEN];
                busy += both[BUSY];
                if (both[OPEN] > 0 || both[BUSY] > 0) {
                    hours.add(new OfHour(cell / HOURS + 1, cell % HOURS, both[OPEN], both[BUSY]));
                }
            }
            return new OfPractitioner(id, name, open, busy, hours);
        }
    }
}
